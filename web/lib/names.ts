/** The cookie that holds the API key of who signed in. */
export const sessionCookie = "farthing_session";

/** The cookie that holds the theme, where a reader chose one. */
export const themeCookie = "farthing_theme";

/** The request header in which the proxy tells pages the path and query that were asked for. */
export const pathHeader = "x-farthing-path";
