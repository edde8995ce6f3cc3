/** HTML as programs write it, with the words of each of its blocks that a reader sees, and words that nobody sees. */
export interface RealHtml {
  readonly html: string;
  readonly blocks: readonly string[];
  readonly unseen: readonly string[];
  /** Parts that the stored HTML has. */
  readonly has?: readonly string[];
}

export const REAL_HTML: Readonly<Record<string, RealHtml>> = {
  Word: {
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>hiddentitle</title><!--[if gte mso 9]><xml><w:View>hiddenxml</w:View></xml><![endif]--><style>p.hiddenstyle{}</style></head><body lang=EN-GB><!--StartFragment--><h1>Ovens</h1><p class=MsoNormal><b>Hello</b> world<o:p></o:p></p><p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7.0pt">&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p><p class=MsoListParagraphCxSpLast style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">1.<span>&nbsp;</span></span>Second</p><!--EndFragment--></body></html>`,
    blocks: ['Ovens', 'Hello world', 'First', 'Second'],
    unseen: ['hidden', '·'],
    has: ['<h2 lang="EN-GB">Ovens</h2>', '<li>First<ol><li>Second</li></ol></li></ul>', '<b>Hello</b>'],
  },
  'Google Docs': {
    html: `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Bold words</span><span style="font-weight:400"> plain</span><span style="font-style:italic"> italic</span> <span style="text-decoration:line-through">old price</span></p><ol style="x"><li style="list-style-type:lower-alpha"><p><span>one</span></p></li></ol></b>`,
    blocks: ['Bold words plain italic old price', 'one'],
    unseen: [],
    has: ['<strong>Bold words</strong> plain', '<em> italic</em>', '<s>old price</s>'],
  },
  Gmail: {
    html: `<div dir="ltr">Hello<div><br></div><div>Second line</div><div>Third <font color="#ff0000">red</font></div></div>`,
    blocks: ['Hello', 'Second line', 'Third red'],
    unseen: [],
  },
  Outlook: {
    html: `<div class="elementToProof" style="font-family:Aptos">Dear all,</div><div style="font-family:Aptos"><br></div><div>Regards<span style="display:none;mso-hide:all">hidden</span></div><table><tbody><tr><td>Day</td><td>Hours</td></tr></tbody></table>`,
    blocks: ['Dear all,', 'Regards', 'Day', 'Hours'],
    unseen: ['hidden'],
    has: ['<td>Day</td><td>Hours</td>'],
  },
  'Apple Mail': {
    html: `<html><head><meta http-equiv="content-type"></head><body style="overflow-wrap: break-word;"><div>One</div><div><br class="Apple-interchange-newline"></div><blockquote type="cite"><div>Quoted</div></blockquote><span class="Apple-tab-span" style="white-space:pre"> </span>end</body></html>`,
    blocks: ['One', 'Quoted', 'end'],
    unseen: [],
    has: ['<blockquote><p>Quoted</p></blockquote>'],
  },
  WeChat: {
    html: `<section data-role="outer"><section style="text-align:center"><span leaf="">面包</span></section><section><img class="rich_pages" data-src="https://mmbiz.example/a.jpg" src="data:image/gif;base64,R0lGOD"></section><section><strong><span>黑麦</span></strong></section><mp-style-type data-value="3"></mp-style-type></section>`,
    blocks: ['面包', '黑麦'],
    unseen: [],
    has: ['<img src="https://mmbiz.example/a.jpg" />'],
  },
  'right to left': {
    html: `<div dir="rtl"><p>فقرة بالعربية تنتهي بنقطة.</p><div>نص آخر.</div><ul><li>بند</li></ul></div>`,
    blocks: ['فقرة بالعربية تنتهي بنقطة.', 'نص آخر.', 'بند'],
    unseen: [],
    has: ['<p dir="rtl">فقرة', '<ul dir="rtl">'],
  },
  LibreOffice: {
    html: `<!DOCTYPE html><html><head><title>hidden</title><style type="text/css">@page { hidden }</style></head><body lang="de-DE"><p style="line-height: 100%; margin-bottom: 0cm"><font face="Arial">Erste</font></p><ol start="4" type="i"><li value="7"><p>Liste</p></li></ol><p><strike>alt</strike></p></body></html>`,
    blocks: ['Erste', 'Liste', 'alt'],
    unseen: ['hidden'],
    has: ['<ol lang="de-DE" start="4" type="i">', '<li value="7">', '<s>alt</s>'],
  },
  Notion: {
    html: `<h4 id="b">Four</h4><figure class="callout"><div>Icon</div><div>Note</div></figure><details open=""><summary>More</summary><p>Inner</p></details><ul><li style="list-style-type:disc">Point</li><ul><li>Deep</li></ul></ul>`,
    blocks: ['Four', 'Icon', 'Note', 'More', 'Inner', 'Point', 'Deep'],
    unseen: [],
    has: ['<h3>Four</h3>', '<li>Point<ul><li>Deep</li></ul></li>'],
  },
  Mailchimp: {
    html: `<span class="mcnPreviewText" style="display:none; font-size:0px; max-height:0px;">hidden preview</span><table width="100%"><tbody><tr><td valign="top"><table role="presentation"><tr><td style="font-size:0"><h1 style="font-size:26px">News</h1></td></tr><tr><td>Left</td><td>Right</td></tr></table></td></tr></tbody></table><img src="https://m.example/open.gif" width="1" height="1">`,
    blocks: ['News', 'Left', 'Right'],
    unseen: ['hidden', 'open.gif', '<td>'],
  },
  'Outlook with conditional comments': {
    html: `<html xmlns:v="urn:schemas-microsoft-com:vml"><head><!--[if gte mso 9]><xml><o:AllowPNG/>hidden</xml><![endif]--><title>hidden</title></head><body><div style="display:none;font-size:1px;color:#fff;line-height:1px;max-height:0;opacity:0;overflow:hidden">hidden</div><div style="display:none">&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;hidden</div><!--[if mso]><table><tr><td width="600">hidden<![endif]--><table width="100%"><tr><td align="center"><table width="600"><tr><td><h1>Title</h1></td></tr><tr><td><p>Hi &amp; bye</p><!--[if !mso]><!--><p>Others</p><!--<![endif]--></td></tr><tr><td><table><tr><th>Day</th><th>Hour</th></tr><tr><td>Mon</td><td>9</td></tr></table></td></tr></table></td></tr></table></body></html>`,
    blocks: ['Title', 'Hi & bye', 'Others', 'Day', 'Hour', 'Mon', '9'],
    unseen: ['hidden'],
    has: ['<tr><td>Mon</td><td>9</td></tr>'],
  },
  'Word with numbered headings': {
    html: `<h1 style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">1.<span style="font:7.0pt 'Times New Roman'">&nbsp; </span></span><![endif]>Scope</h1><p class=MsoListParagraph style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">3)<span>&nbsp;</span></span><b>Three</b></p><p class=MsoListParagraph style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">4)</span>Four</p><p style="mso-list:l1 level2 lfo2"><span style="mso-list:Ignore">a.</span>Deep</p><p dir=RTL style="direction:rtl;unicode-bidi:embed">سطر</p>`,
    blocks: ['1. Scope', 'Three', 'Four', 'Deep', 'سطر'],
    unseen: ['3)'],
    has: [
      '<h2>1.',
      '<ol start="3"><li><b>Three</b></li>',
      '<ol type="a"><li>Deep</li></ol>',
      '<p dir="rtl">',
    ],
  },
  'Google Docs, saved as a page': {
    html: `<html><head><meta content="text/html; charset=UTF-8"><style type="text/css">@import url('https://themes.example/fonts/css?kit=x');ol{margin:0}.c0{color:#000;font-weight:400;text-decoration:none}.c3{font-weight:700}.c5{text-decoration:line-through}.c7{font-style:italic}</style></head><body class="c9"><p class="c1"><span class="c3">Bold</span><span class="c0"> plain </span><span class="c5">old</span><span class="c7"> slanted</span></p><ol class="lst-kix_a-0 start" start="4"><li class="c2"><span class="c0">four</span></li></ol></body></html>`,
    blocks: ['Bold plain old slanted', 'four'],
    unseen: ['import', 'font-weight'],
    has: ['<strong>Bold</strong> plain <s>old</s><em> slanted</em>', '<ol start="4">'],
  },
  'Google Sheets': {
    html: `<meta charset="utf-8"><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" dir="ltr" data-sheets-root="1"><colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="font-weight:bold;">Day</td><td style="font-weight:bold;">Hours</td></tr><tr><td>Mon</td><td>9-17</td></tr></tbody></table>`,
    blocks: ['Day', 'Hours', 'Mon', '9-17'],
    unseen: ['border'],
    has: ['<td><strong>Day</strong></td>', '<td>Mon</td>'],
  },
  Excel: {
    html: `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet><style><!--table {mso-displayed-decimal-separator:"\.";}.xl65 {font-weight:700;}.xl66 {mso-number-format:"Short Date";}--></style></head><body><table border=0><col width=64><!--StartFragment--><tr height=20><td height=20 class=xl65>Day</td><td class=xl65>Hours</td></tr><tr><td class=xl66>Mon</td><td>9</td></tr><!--EndFragment--></table></body></html>`,
    blocks: ['Day', 'Hours', 'Mon', '9'],
    unseen: ['mso', 'xl65'],
    has: ['<td><strong>Day</strong></td>', '<td>Mon</td>'],
  },
  'Apple Mail with converted spaces': {
    html: `<div>Hello<span class="Apple-converted-space">&nbsp;</span>you</div><div><br></div><div>A<span class="Apple-converted-space">&nbsp; </span>B</div>`,
    blocks: ['Hello you', 'A B'],
    unseen: [],
  },
  'a quotation in Gmail': {
    html: `<div dir="ltr">Reply</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, A &lt;<a href="mailto:a@b.example">a@b.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0"><div>Original</div></blockquote></div>`,
    blocks: ['Reply', 'On Mon, A <a@b.example> wrote:', 'Original'],
    unseen: [],
    has: ['href="mailto:a@b.example"', '<blockquote><p>Original</p></blockquote>'],
  },
  'WeChat with columns': {
    html: `<section style="display:inline-block;width:50%;vertical-align:top;"><section><p style="text-align:center"><strong>左</strong></p></section></section><section style="display:inline-block;width:50%">右</section><section style="display:flex"><span>甲</span><span>乙</span></section><p style="visibility:hidden">hidden</p><section style="height:0px;overflow:hidden">hidden</section>`,
    blocks: ['左', '右', '甲', '乙'],
    unseen: ['hidden'],
  },
  'a checklist of Google Docs': {
    html: `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-2"><ul><li dir="ltr" role="checkbox" aria-checked="true" aria-level="1"><img src="data:image/png;base64,iVBORw0KGgo=" width="17.6px" height="17.6px" alt="checked" aria-roledescription="checkbox" /><p dir="ltr" role="presentation"><span>Flour</span></p></li><li dir="ltr" role="checkbox" aria-checked="false" aria-level="1"><img src="data:image/png;base64,iVBORw0KGgo=" width="17.6px" height="17.6px" alt="unchecked" aria-roledescription="checkbox" /><p dir="ltr" role="presentation"><span>Salt</span></p></li></ul></b>`,
    blocks: ['☑ Flour', '☐ Salt'],
    unseen: ['checked', 'data:'],
  },
  'the source of a page that WeChat published': {
    html: `<style>#js_content{visibility:hidden}</style><h1 class="rich_media_title">面包</h1><div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; "><section><p><span leaf="">黑麦</span></p></section><p style="visibility: hidden">hidden</p><p><img class="rich_pages" data-src="https://mmbiz.example/a.jpg?wx_fmt=jpeg" style="width:100%"></p></div>`,
    blocks: ['面包', '黑麦'],
    unseen: ['hidden'],
    has: ['src="https://mmbiz.example/a.jpg?wx_fmt=jpeg"'],
  },
  'a page with everything that is no article': {
    html: `<details><summary>Sum</summary>Inside<p>More</p></details><dl><dt>Term<dd>Meaning</dl><pre>a  b\n  c</pre><p>one<iframe src=x>hidden</iframe>two<video>hidden</video>three</p><picture><source srcset="https://a.example/1.webp"><img src="https://a.example/1.png" alt=x></picture><svg><title>hidden</title><text>Drawn</text></svg><noscript>hidden</noscript><template>hidden</template><form><label>Name <input value=hidden></label><textarea>hidden</textarea><select><option>hidden</select><button>Press</button></form>`,
    blocks: ['Sum', 'Inside', 'More', 'Term', 'Meaning', 'a b c', 'one two three', 'Drawn', 'Name', 'Press'],
    unseen: ['hidden'],
    has: ['<pre>a  b\n  c</pre>', '<img src="https://a.example/1.png" alt="x" />'],
  },
  'thirty boxes, and tags that do not match': {
    html: `${'<div>'.repeat(30)}deep${'</div>'.repeat(30)}<p>a<b>b<i>c</b>d</i>e<div>f</p>g<table><p>out</p><tr><td>h<tr><td>i</table>`,
    blocks: ['deep', 'abcde', 'f', 'g', 'out', 'h', 'i'],
    unseen: [],
    has: ['a<b>b<i>c</i></b><i>d</i>e'],
  },
};
