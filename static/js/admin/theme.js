/**
 * In which colours is the admin shown? In those that the person chose for Newsroom. A classic script in the head, so that it
 * runs before anything is drawn. Light goes without a name: under it Django's own sheet would win over our tokens.
 */
document.documentElement.dataset.theme = document.currentScript.dataset.theme.replace("light", "");
