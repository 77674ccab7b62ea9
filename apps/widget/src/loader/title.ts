const mark = /^\(\d+\+?\) /u;

/** The number of unread messages before the page's own title: seen among tabs. The page may change its title meanwhile. */
export function showInTitle(unread: number): void {
  const own = document.title.replace(mark, "");
  const title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ${own}` : own;
  if (title !== document.title) document.title = title;
}
