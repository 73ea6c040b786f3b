<?php
// What WordPress's own importer does with a file, for Debian has no package of it: the same order, the same functions.
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/import.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
require_once ABSPATH . 'wp-admin/includes/post.php';
require_once ABSPATH . 'wp-admin/includes/comment.php';
require_once ABSPATH . 'wp-admin/includes/nav-menu.php';
wp_set_current_user(1);
kses_remove_filters();
$dom = new DOMDocument;
if (!$dom->loadXML(file_get_contents($argv[1]), LIBXML_PARSEHUGE)) { fwrite(STDERR, "no XML\n"); exit(1); }
$xml = simplexml_import_dom($dom);
$version = $xml->xpath('/rss/channel/wp:wxr_version');
if (!$version || !preg_match('/^\d+\.\d+$/', (string) trim($version[0]))) { fwrite(STDERR, "no version\n"); exit(1); }
$ns = $xml->getDocNamespaces();
$told = ['version' => trim((string) $version[0]), 'authors' => 0, 'categories' => 0, 'tags' => 0, 'items' => [], 'comments' => 0, 'blocks' => [], 'foreign' => 0];
$users = [];
foreach ($xml->xpath('/rss/channel/wp:author') as $a) {
    $a = $a->children($ns['wp']);
    $login = sanitize_user((string) $a->author_login, true);
    $id = username_exists($login) ?: wp_insert_user(['user_login' => $login, 'user_pass' => wp_generate_password(), 'user_email' => (string) $a->author_email, 'display_name' => (string) $a->author_display_name, 'role' => 'author']);
    if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message()); exit(1); }
    $users[(string) $a->author_login] = $id;
    $told['authors']++;
}
foreach ($xml->xpath('/rss/channel/wp:category') as $c) {
    $c = $c->children($ns['wp']);
    $parent = (string) $c->category_parent;
    $parent = $parent === '' ? 0 : (int) (term_exists($parent, 'category')['term_id'] ?? 0);
    if (!term_exists((string) $c->category_nicename, 'category'))
        wp_insert_term(wp_slash((string) $c->cat_name), 'category', ['slug' => (string) $c->category_nicename, 'parent' => $parent, 'description' => wp_slash((string) $c->category_description)]);
    $told['categories']++;
}
foreach ($xml->xpath('/rss/channel/wp:category') as $c) {   // a parent may stand below its child in the file
    $c = $c->children($ns['wp']);
    if ((string) $c->category_parent !== '')
        wp_update_term(term_exists((string) $c->category_nicename, 'category')['term_id'], 'category', ['parent' => (int) (term_exists((string) $c->category_parent, 'category')['term_id'] ?? 0)]);
}
foreach ($xml->xpath('/rss/channel/wp:tag') as $t) {
    $t = $t->children($ns['wp']);
    if (!term_exists((string) $t->tag_slug, 'post_tag'))
        wp_insert_term(wp_slash((string) $t->tag_name), 'post_tag', ['slug' => (string) $t->tag_slug, 'description' => wp_slash((string) $t->tag_description)]);
    $told['tags']++;
}
$posts = []; $orphans = []; $names = [];
function seen($blocks, &$told) {
    foreach ($blocks as $b) {
        if ($b['blockName']) $told['blocks'][$b['blockName']] = ($told['blocks'][$b['blockName']] ?? 0) + 1;
        elseif (trim($b['innerHTML']) !== '') $told['foreign']++;
        seen($b['innerBlocks'], $told);
    }
}
foreach ($xml->channel->item as $item) {
    $wp = $item->children($ns['wp']);
    $type = (string) $wp->post_type;
    $key = $type . '/' . (string) $wp->status;
    $told['items'][$key] = ($told['items'][$key] ?? 0) + 1;
    if ($type == 'nav_menu_item' || $type == 'attachment') continue;
    $content = (string) $item->children($ns['content'])->encoded;
    seen(parse_blocks($content), $told);
    $id = wp_insert_post(wp_slash([
        'import_id' => (int) $wp->post_id, 'post_author' => $users[(string) $item->children($ns['dc'])->creator] ?? 1, 'post_date' => (string) $wp->post_date,
        'post_date_gmt' => (string) $wp->post_date_gmt, 'post_content' => $content, 'post_excerpt' => (string) $item->children($ns['excerpt'])->encoded,
        'post_title' => (string) $item->title, 'post_status' => (string) $wp->status, 'post_name' => (string) $wp->post_name,
        'comment_status' => (string) $wp->comment_status, 'menu_order' => (int) $wp->menu_order, 'post_type' => $type,
    ]), true);
    if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message()); exit(1); }
    if ((string) $wp->is_sticky == '1') stick_post($id);
    $posts[(int) $wp->post_id] = $id;
    if ((int) $wp->post_parent) $orphans[$id] = (int) $wp->post_parent;
    $terms = ['category' => [], 'post_tag' => []];
    foreach ($item->category as $c) {
        $at = $c->attributes();
        if (isset($at['nicename'])) $terms[(string) $at['domain']][] = (string) $at['nicename'];
    }
    foreach ($terms as $taxonomy => $slugs) if ($slugs)
        wp_set_object_terms($id, array_map(fn($slug) => (int) term_exists($slug, $taxonomy)['term_id'], $slugs), $taxonomy);
    $made = [];
    foreach ($wp->comment as $c) {
        $made[(string) $c->comment_id] = wp_insert_comment(wp_slash([
            'comment_post_ID' => $id, 'comment_author' => (string) $c->comment_author, 'comment_author_email' => (string) $c->comment_author_email,
            'comment_author_url' => (string) $c->comment_author_url, 'comment_date' => (string) $c->comment_date, 'comment_date_gmt' => (string) $c->comment_date_gmt,
            'comment_content' => (string) $c->comment_content, 'comment_approved' => (string) $c->comment_approved, 'comment_type' => (string) $c->comment_type,
            'comment_parent' => $made[(string) $c->comment_parent] ?? 0,
        ]));
        $told['comments']++;
    }
}
foreach ($orphans as $id => $parent) wp_update_post(['ID' => $id, 'post_parent' => $posts[$parent] ?? 0]);
echo json_encode($told);
