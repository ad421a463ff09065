namespace Lading.Tests.Configuration;

/// <summary>Documents that both the reader and the schema accept.</summary>
internal static class AcceptedDocuments
{
    public static IReadOnlyList<string> All { get; } =
    [
        Json("{ 'project': 'p', 'images': {} }"),
        Json("// one\n{ 'project': 'p/q_r.s', /* two */ 'images': {}, }"),
        Json("{ 'lading': '>=0.1', 'project': 'p', 'images': {} }"),
        Json("{ 'lading': '>= 0.0.1', 'project': 'p', 'images': {} }"),
        Json(
            "{ '$schema': './.lading/lading.schema.json', 'project': 'p', 'images': {}, 'aliases': [], 'environments': {} }"
        ),
        Json(
            "{ 'project': 'p', 'images': {}, 'aliases': ['{branch}', '{commit}', 'v-{branch}.{commit}_x', 'latest'] }"
        ),
        Json("{ 'project': 'p', 'images': { 'a': { 'context': 'x' }, 'b-1': { 'from': 'y' }, '2': { 'from': 'z' } } }"),
        Json("{ 'project': 'p', 'images': {}, 'retention': {} }"),
        Json(
            "{ 'project': 'p', 'images': {}, 'retention': { 'releases': 100, 'days': 0, 'pulledDays': 0, 'graceDays': 1, 'keepTags': ['v*', '*-rc', 'stable'], 'keep': [], 'exceptions': [] } }"
        ),
        Json(
            "{ 'project': 'p', 'images': { 'web': { 'from': 'a' } }, 'retention': { 'keep': [{ 'image': 'web@sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7', 'until': '2027-03-31', 'reason': 'ä' }], 'locks': ['pins/prod.json', 'pins'], 'references': { 'file': 'a/b.txt', 'command': './x | sort' } } }"
        ),
        Json(
            "{ 'project': 'p', 'images': {}, 'retention': { 'exceptions': [{ 'of': 'account 1', 'repository': 'p/web', 'until': '2027-12-31', 'reason': 'x' }] } }"
        ),
        Json("{ 'project': 'p', 'images': {}, 'check': {} }"),
        Json("{ 'project': 'p', 'images': {}, 'check': { 'mutable': 'warn' } }"),
        Json(
            "{ 'project': 'p', 'images': {}, 'check': { 'mutable': { 'a/b:1': 'warn', 'localhost:5000/c': 'fail' } } }"
        ),
        Image("'context': '.'"),
        Image("'context': '../x/', 'dockerfile': 'y/z.Dockerfile', 'target': 'final-1'"),
        Image("'context': 'with space/ä', 'args': { 'A': '', '_b1': 'x=y', 'TOKEN_URL': 'https://example.com' }"),
        Image("'context': 'x', 'secrets': { 'npm.rc_1-2': { 'file': '~/.npmrc' }, 'b': { 'env': 'NPM_TOKEN' } }"),
        Image("'context': 'x', 'secrets': {}, 'ssh': ['default', 'git.lab'], 'args': {}, 'contexts': {}"),
        Image("'context': 'x', 'contexts': { 'y': '../y', 'alpine:3': 'docker-image://localhost:5000/a/b:c' }"),
        Image("'context': 'x', 'repository': 'a/b_c.d--e', 'platforms': ['linux/arm/v7', 'windows/amd64'], 'epoch': 0"),
        Image("'context': 'x', 'platforms': ['linux/amd64', 'linux/arm64'], 'epoch': 2147483647"),
        Image("'context': 'x', 'hold': { 'revision': '4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a', 'reason': 'slow' }"),
        Image("'from': 'docker.io/envoyproxy/envoy:v1.31', 'epoch': 1, 'platforms': ['linux/amd64']"),
        Image("'from': '[::1]:5000/a@sha256:0000000000000000000000000000000000000000000000000000000000000000'"),
        Image("'from': 'a__b/c.d-e_f:A.b-_', 'repository': 'x'"),
        Image("'from': '[::ffff:1.2.3.4]/a', 'repository': 'x'"),
        Assembly("'base': 'docker.io/library/busybox:1.36'"),
        Assembly("'base': 'scratch', 'copy': { 'a': '/a', 'b/': '/b/', '*.txt': '/', '.': '/all/', 'c/d/..': '/d/' }"),
        Assembly("'base': 'scratch', 'copy': { 'a/b': '/..a/b..', '../x/y': '/' }, 'sources': ['a', 'more/']"),
        Assembly("'sources': ['src/'], 'run': 'npm ci', 'base': 'scratch', 'copy': { 'dist/': '/srv/' }"),
        Assembly("'base': 'a', 'user': '1:2', 'workdir': '/', 'env': { 'A.b': '' }, 'labels': { 'a b': 'c' }"),
        Assembly("'base': 'a', 'entrypoint': [], 'cmd': ['', 'b'], 'ports': [80, '81', '82/udp', '83/tcp']"),
        Environment("'a': { 'account': '111111111111', 'region': 'ap-northeast-1' }"),
        Environment(
            "'a': { 'account': '111111111111', 'region': 'us-gov-west-1', 'profile': 'b', 'repositories': 'cdk' }"
        ),
        Environment("'a': { 'account': '111111111111', 'region': 'cn-north-1', 'registry': '222222222222' }"),
        Environment("'a': { 'account': '111111111111', 'region': 'eu-west-1', 'registry': 'embedded' }"),
        Environment("'a': { 'registry': 'embedded', 'insecure': false, 'repositories': 'lading' }"),
        Environment("'a': { 'registry': 'example.com', 'insecure': true }, 'b': { 'registry': 'c:5000' }"),
        Environment(
            "'a': { 'registry': 'localhost' }, 'b': { 'registry': '[::1]:80' }, 'c': { 'registry': '127.0.0.1:80' }"
        ),
        Environment(
            "'local': { 'registry': 'localhost:5000' }, 'a': { 'registry': 'embedded', 'promoteFrom': 'local' }"
        ),
        Environment("'a': { 'registry': 'embedded' }, 'b': { 'registry': 'embedded', 'promoteFrom': 'a' }"),
    ];

    private static string Image(string members) =>
        Json($"{{ 'project': 'p', 'images': {{ 'one': {{ {members} }} }} }}");

    private static string Assembly(string members) => Image($"'assemble': {{ {members} }}");

    private static string Environment(string members) =>
        Json($"{{ 'project': 'p', 'images': {{}}, 'environments': {{ {members} }} }}");

    private static string Json(string text) => text.Replace('\'', '"');
}
