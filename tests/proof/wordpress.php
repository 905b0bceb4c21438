<?php
// Installs WordPress in an empty database and enters a blog: `php wordpress.php DOCUMENT-ROOT BLOG.json`.
[$_, $root, $file] = $argv;
$blog = json_decode(file_get_contents($file), true);
$_SERVER['HTTP_HOST'] = $blog['host'];
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
define('WP_INSTALLING', true);
require "$root/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

function wp_new_blog_notification() {}  // the installer would send mail

wp_install($blog['title'], 'admin', 'admin@example.com', true, '', 'only-for-this-run');
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}
update_option('permalink_structure', '/%year%/%monthnum%/%day%/%postname%/');
update_option('default_pingback_flag', 0);

$writers = [];
foreach ($blog['authors'] as $number => $name) {
    [$first, $last] = explode(' ', $name, 2);
    $writers[$name] = wp_insert_user([
        'user_login' => strtolower($first), 'user_pass' => "only-for-this-run-$number", 'display_name' => $name,
        'first_name' => $first, 'last_name' => $last, 'user_email' => strtolower($first) . '@example.com', 'role' => 'author',
    ]);
}
foreach ($blog['posts'] as $post) {
    $id = wp_insert_post([
        'post_title' => $post['title'], 'post_name' => $post['slug'], 'post_content' => $post['html'],
        'post_date' => $post['date'] . ' 09:30:00', 'post_status' => 'publish', 'post_author' => $writers[$post['author']],
        'tags_input' => $post['tags'],
    ], true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message());
        exit(1);
    }
}
$image = wp_upload_bits('wall.png', null, file_get_contents($blog['image']));
$attachment = wp_insert_attachment(['post_mime_type' => 'image/png', 'post_title' => 'Wall of a pit', 'post_status' => 'inherit'], $image['file'], $id);
wp_update_attachment_metadata($attachment, wp_generate_attachment_metadata($attachment, $image['file']));
set_post_thumbnail($id, $attachment);
wp_insert_post([
    'post_type' => 'page', 'post_title' => 'About', 'post_name' => 'about', 'post_status' => 'publish',
    'post_content' => '<p>' . $blog['about'] . '</p>', 'post_author' => reset($writers),
]);
delete_option('rewrite_rules');  // the first request makes them, with the addresses of tags, months and authors
