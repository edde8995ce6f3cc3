import type { problems as en } from '../en/problems';

export const problems: typeof en = {
  'invalid-request': 'Quelque chose ne convient pas : {{detail}}',
  'invalid-cursor': 'La liste a changé. Rechargez-la.',
  'no-credentials': 'Vous n’êtes pas connecté. Connectez-vous et réessayez.',
  'invalid-credentials': 'Votre session est terminée. Reconnectez-vous.',
  'wrong-password': 'Adresse ou mot de passe incorrect. Vérifiez les deux ; les majuscules comptent.',
  'cross-site-request': 'Cela ne fonctionne que depuis les pages de Fanfare. Rechargez la page.',
  'not-allowed': 'Vous n’en avez pas le droit. Demandez le rôle nécessaire à un propriétaire du compte.',
  'not-found': 'Cela n’existe pas ou plus, ou ne vous est pas accessible.',
  'method-not-allowed': 'Le serveur ne connaît pas cette requête. Rechargez la page.',
  'not-acceptable': 'Le serveur ne connaît pas cette requête. Rechargez la page.',
  'request-timeout': 'La connexion était trop lente. Réessayez.',
  'already-exists': 'C’est déjà pris. Choisissez autre chose.',
  'quota-exhausted':
    'Les {{allowance}} places de {{period}} sont prises. Prochaine place libre : {{nextAvailableAt}}.',
  'account-not-active':
    'Le compte n’est pas actif et ne peut pas publier. Il attend peut-être encore son approbation.',
  'account-status-conflict': 'L’état du compte ne le permet pas ou plus : {{detail}}',
  'scheduled-broadcasts-in-the-way': 'Des diffusions programmées l’empêchent : {{detail}}',
  'broadcast-status-conflict':
    'L’état de la diffusion ne le permet pas ou plus. Rechargez-la pour voir ce qui s’est passé.',
  'last-owner': 'Un compte garde au moins un propriétaire. Nommez-en d’abord un autre.',
  'limit-reached': 'Il ne peut y en avoir davantage : {{detail}}',
  'tag-in-use': 'Une diffusion programmée vise cette étiquette. Modifiez-la ou annulez-la d’abord.',
  'webhook-disabled': 'Le webhook est désactivé. Activez-le d’abord.',
  'tokens-issued-elsewhere': 'Les jetons des abonnés viennent de votre application ; Fanfare n’en émet pas.',
  'version-conflict': 'Quelqu’un l’a modifié entre-temps. Rechargez, puis refaites votre modification.',
  'payload-too-large': 'C’est trop volumineux. Raccourcissez ou réduisez.',
  'unsupported-media-type': 'Le serveur n’accepte pas ce type de fichier.',
  'invalid-schedule': 'Impossible de programmer à cette date : {{detail}}',
  'no-posting-time':
    'Aucun horaire de publication n’a de place libre. Ajoutez des horaires ou choisissez une date.',
  'invalid-period': 'Ce n’est pas une période de ce compte : {{detail}}',
  'idempotency-key-reused': 'Cet envoi a déjà été fait avec un autre contenu. Rechargez la page.',
  'address-not-allowed': 'Fanfare n’envoie pas à cette adresse : {{detail}}',
  'unknown-tag': 'Cette étiquette n’existe pas ou plus.',
  'impossible-audience':
    'Aucun abonné ne peut remplir cette règle : une étiquette est à la fois demandée et exclue.',
  'handle-reserved': 'Aucune marque ne peut porter cet identifiant. Choisissez-en un autre.',
  'not-a-member': 'Cette personne n’est pas membre de ce compte. Invitez-la par un lien.',
  'already-a-member': 'Vous avez déjà ce rôle ici, ou un rôle plus élevé.',
  'invitation-over': 'Cette invitation a servi, a été retirée ou a expiré. Demandez-en une autre.',
  'invitation-accepted': 'L’invitation a été acceptée. Retirez plutôt le membre.',
  'invitation-for-somebody-else':
    'Cette invitation est pour une autre adresse e-mail. Connectez-vous avec celle-ci, ou demandez une autre invitation.',
  'webhook-challenge-failed':
    'Une partie de ces envois est d’abord allée à un autre hôte, et le nouveau n’a pas répondu au défi : {{detail}}',
  'weak-password': 'Le mot de passe est trop facile à deviner. Une phrase de quelques mots est idéale.',
  'precondition-required': 'La page n’était plus à jour. Rechargez-la.',
  'too-many-requests': 'Trop de requêtes. Attendez une minute, puis réessayez.',
  'preview-limit-reached': 'Les aperçus du jour sont épuisés. Il y en aura de nouveaux demain.',
  'replay-limit-reached': 'Les renvois de cette heure sont épuisés. Reprenez après : {{nextAvailableAt}}.',
  'preview-not-agreed':
    'Rien n’a été montré : une de ces personnes n’a pas accepté de voir des aperçus, ou ne l’accepte plus. Demandez-lui un code.',
  'preview-code-invalid': 'Le code est faux, déjà utilisé ou a plus de 15 minutes. Demandez-en un nouveau.',
  'preview-person-limit-reached':
    'Rien n’a été montré : une de ces personnes a vu autant d’aperçus qu’il est permis en un jour. Retirez-la, ou réessayez à partir de : {{nextAvailableAt}}.',
  'request-header-fields-too-large': 'La requête était trop grande. Rechargez la page.',
  'internal-error': 'Une erreur est survenue de notre côté. Elle est consignée ; réessayez plus tard.',
  busy: 'Le serveur a trop à faire en ce moment. Réessayez dans un instant.',
  'issuer-unavailable': 'Le service qui sait qui vous êtes ne répond pas. Réessayez dans un instant.',
  'database-unavailable': 'Le serveur se rétablit. Réessayez dans un instant.',
  offline: 'Le serveur est injoignable. Vérifiez la connexion, puis réessayez.',
  never: 'pas dans les 400 jours',
};
