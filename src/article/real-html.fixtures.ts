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
};
