namespace Lading.Tests.Configuration;

/// <summary>
/// Documents that are not configurations, and the reader's messages. The schema refuses them too, if a schema can tell.
/// </summary>
internal static class RefusedDocuments
{
    private const string AnyDigest = "sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7";

    public static IReadOnlyList<RefusedDocument> All { get; } =
    [
        Version("0.2", "lading is \"0.2\". Expected the oldest version that will do, such as \">=0.2\""),
        Version(">0.2", "Expected the oldest version that will do"),
        Version(">=0", "Expected the oldest version that will do"),
        Version(">=00.2", "Expected the oldest version that will do"),
        Version(">=0.2.1.3", "Expected the oldest version that will do"),
        Version(">=0.2-preview", "Expected the oldest version that will do"),
        Image("", "one does not say how the image is made. Add one: context (a Dockerfile), assemble"),
        Image("'contxt': 'a'", "Did you mean context?"),
        Check("{ 'mutabel': 'warn' }", "check.mutabel is not a key of what check accepts. Did you mean mutable?"),
        Check("{ 'mutable': 'ignore' }", "check.mutable is \"ignore\"."),
        Check("{ 'mutable': true }", "check.mutable is true, but text is expected."),
        Check(
            "{ 'mutable': { 'a b': 'warn' } }",
            "check.mutable.a b is not a reference with a tag. Write the image as"
        ),
        Check("{ 'mutable': { 'a:1': 'no' } }", "check.mutable.a:1 is \"no\"."),
        Retention("'releases': 0", "retention.releases is 0. Expected a whole number from 1 to 100."),
        Retention("'releases': 101", "retention.releases is 101. Expected a whole number from 1 to 100."),
        Retention("'days': -1", "retention.days is -1. Expected a whole number from 0"),
        Retention("'days': '30'", "retention.days is text, but a whole number is expected. Write it without quotes."),
        Retention("'graceDays': 5000", "retention.graceDays is 5000. Expected a whole number from 1 to 3650."),
        Retention("'graceDays': 0", "retention.graceDays is 0. Expected a whole number from 1 to 3650."),
        Retention("'pulledDay': 1", "Did you mean pulledDays?"),
        Retention("'keepTags': 'v*'", "retention.keepTags is text, but a list is expected. Write [\"v*\"]."),
        Retention("'keepTags': ['*']", "retention.keepTags[0] is \"*\". Expected a tag, in which '*' is any text"),
        Retention("'keepTags': ['a/b']", "Expected a tag, in which '*' is any text"),
        Retention("'keepTags': ['v*', 'v*']", "retention.keepTags[1] lists v* twice"),
        Retention($"'keep': [{{ 'image': 'a/b@{AnyDigest}', 'until': '2027-03-31' }}]", "keep[0] has no reason."),
        Retention($"'keep': [{{ 'image': 'a/b@{AnyDigest}', 'reason': 'x' }}]", "keep[0] has no until."),
        Kept("a/b@sha256:12", "2027-03-31", "Expected an image of lading.json, or a repository, with a digest"),
        Kept("a/b:1", "2027-03-31", "Expected an image of lading.json, or a repository, with a digest"),
        Kept($"wbe@{AnyDigest}", "2027-03-31", "Did you mean web? Valid: web.", schemaTells: false),
        Kept(
            $"111111111111.dkr.ecr.eu-west-1.amazonaws.com/a/b@{AnyDigest}",
            "2027-03-31",
            $"Leave out the registry: \"a/b@{AnyDigest}\" keeps it in each.",
            schemaTells: false
        ),
        Kept($"a/b@{AnyDigest}", "31.3.2027", "until is \"31.3.2027\". Expected a day, such as 2027-03-31."),
        Kept($"a/b@{AnyDigest}", "2027-02-30", "Expected a day, such as 2027-03-31.", schemaTells: false),
        Retention("'exceptions': [{ 'of': 'x', 'until': '2027-03-31' }]", "retention.exceptions[0] has no reason."),
        Retention("'exceptions': [{ 'until': '2027-03-31', 'reason': 'x' }]", "retention.exceptions[0] has no of."),
        Retention("'exceptions': [{ 'of': 'x', 'until': '2027-03-31', 'reason': ' ' }]", "Expected words."),
        Retention("'locks': ['/pins']", "retention.locks[0]"),
        Retention("'locks': ['pins', 'pins']", "retention.locks[1] lists pins twice"),
        Retention("'references': {}", "retention.references does not say where the references are."),
        Retention("'references': { 'file': '/etc/x' }", "Expected a path relative"),
        Retention("'references': 'x'", "retention.references is text, but an object is expected."),
        Image("'context': 'a', 'from': 'b'", "one has context and from; an image has only one of them."),
        Image("'dockerfile': 'a/Dockerfile'", "one has no context. Add \"context\""),
        Image("'from': 'a', 'target': 'b'", "target is not a key of a mirrored image. It belongs to"),
        Image("'context': 'a', 'run': 'b'", "run is not a key of an image built from a Dockerfile. It belongs in the"),
        Image("'context': '/a'", "context is \"/a\". Expected a path relative to the folder of lading.json"),
        Image("'context': 'C:/a'", "Expected a path relative"),
        Image("'context': '~/a'", "Expected a path relative"),
        Image("'context': 'https://example.com/a.git'", "Expected a path in this repository, not a URL"),
        Image("'context': ''", "context is empty."),
        Image("'context': 'a', 'dockerfile': 'a/'", "Expected a file; this is a folder."),
        Image("'context': 'a', 'platforms': 'linux/amd64'", "list is expected. Write [\"linux/amd64\"]."),
        Image("'context': 'a', 'platforms': []", "platforms is empty."),
        Image("'context': 'a', 'platforms': ['linux/x86_64']", "[0] is \"linux/x86_64\". Did you mean linux/amd64?"),
        Image("'context': 'a', 'platforms': ['amd64']", "Did you mean linux/amd64?"),
        Image(
            "'context': 'a', 'platforms': ['linux/arm64', 'linux/arm64/v8']",
            "[1] lists linux/arm64 twice.",
            schemaTells: false
        ),
        Image(
            "'context': 'a', 'epoch': '1'",
            "epoch is text, but a whole number is expected. Write it without quotes."
        ),
        Image("'context': 'a', 'epoch': -1", "epoch is -1. Expected a whole number from 0"),
        Image("'context': 'a', 'epoch': 1.5", "epoch is 1.5."),
        Image("'context': 'a', 'repository': 'Shop/Web'", "repository is \"Shop/Web\". Expected lower-case letters"),
        Image("'context': 'a', 'repository': 'example.com:5000/web'", "the registry comes from the environment"),
        Image("'context': 'a', 'hold': { 'revision': '4e1c0d2', 'reason': 'x' }", "Expected a full commit hash"),
        Image(
            "'context': 'a', 'hold': { 'revision': '4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a' }",
            "hold has no reason."
        ),
        Image("'context': 'a', 'args': { 'A': 1 }", "args.A is a number, but text is expected. Put it in quotes."),
        Image("'context': 'a', 'args': { 'A B': '' }", "args.A B is not a valid name of a build argument."),
        Image("'context': 'a', 'args': ['A=1']", "args is a list, but an object is expected."),
        Image("'context': 'a', 'secrets': { 't': {} }", "secrets.t does not say where the secret is."),
        Image("'context': 'a', 'secrets': { 't': { 'file': 'a', 'env': 'B' } }", "secrets.t has both file and env."),
        Image("'context': 'a', 'secrets': { 't': { 'value': 'a' } }", "secrets.t.value is not a key of a secret."),
        Image("'context': 'a', 'secrets': { 't': 'a' }", "secrets.t is text, but an object is expected."),
        Image("'context': 'a', 'ssh': ['default=/tmp/agent']", "Expected an id, such as default."),
        Image("'context': 'a', 'contexts': { 'b': 'docker-image://A B' }", "Expected the reference of an image"),
        Image("'context': 'a', 'contexts': { 'b': 'oci-layout://b' }", "not a URL"),
        Image("'from': 'http://example.com/a'", "Expected the reference of an image"),
        Image("'from': 'localhost:99999/a'", "Expected the reference of an image", schemaTells: false),
        Image("'from': 'a@sha256:12'", "Expected the reference of an image"),
        Assembly("", "assemble has no base. Add \"base\": \"scratch\""),
        Assembly("'base': 'scratch'", "assemble makes an empty image."),
        Assembly("'base': 'a', 'run': 'make'", "assemble has run but no sources."),
        Assembly("'base': 'a', 'command': []", "command is not a key of assemble. Did you mean cmd?"),
        Assembly("'base': 'a', 'copy': { 'dist/': '/srv' }", "write it as a folder, \"/srv/\"."),
        Assembly("'base': 'a', 'copy': { '*.txt': '/srv' }", "write it as a folder, \"/srv/\"."),
        Assembly("'base': 'a', 'copy': { 'a': 'srv' }", "Expected an absolute path in the image"),
        Assembly("'base': 'a', 'copy': { 'a': '/a/../../b' }", "without '..'."),
        Assembly("'base': 'a', 'copy': { '/etc/passwd': '/a' }", "copy./etc/passwd is not a path in the repository."),
        Assembly("'base': 'a', 'copy': { 'a': '/a', './a': '/b' }", "copy../a is given twice", schemaTells: false),
        Assembly(
            "'base': 'a', 'entrypoint': '/srv/serve'",
            "entrypoint is text, but a list is expected. Write each word"
        ),
        Assembly("'base': 'a', 'ports': [0]", "Expected a port from 1 to 65535"),
        Assembly("'base': 'a', 'ports': ['80/http']", "Expected a port from 1 to 65535"),
        Assembly("'base': 'a', 'workdir': 'srv'", "Expected an absolute path in the image"),
        Assembly(
            "'base': 'a', 'copy': { 'a[b': '/' }",
            "It has a character class ([…]) that is empty or not closed.",
            schemaTells: false
        ),
        Assembly(
            "'base': 'a', 'sources': ['a[]']",
            "It has a character class ([…]) that is empty or not closed.",
            schemaTells: false
        ),
        Assembly("'base': 'a', 'sources': []", "sources is empty."),
        Environment("'a': {}", "environments.a does not say where its images live."),
        Environment(
            "'a': { 'account': '111111111111' }",
            "environments.a has no region. An account and its region go together."
        ),
        Environment("'a': { 'region': 'eu-west-1' }", "environments.a has no account."),
        Environment("'a': { 'account': 111111111111, 'region': 'eu-west-1' }", "Put it in quotes: \"111111111111\"."),
        Environment("'a': { 'account': '1111', 'region': 'eu-west-1' }", "account is \"1111\". Expected 12 digits."),
        Environment(
            "'a': { 'account': '111111111111', 'region': 'Tokyo' }",
            "Expected an AWS region, such as eu-central-1."
        ),
        Environment("'a': { 'registry': 'embeded' }", "Did you mean embedded?"),
        Environment("'a': { 'registry': 'https://example.com' }", "Expected a host alone"),
        Environment("'a': { 'registry': 'example.com/team' }", "Expected a host alone"),
        Environment("'a': { 'registry': '333333333333' }", "needs this environment's own account and region"),
        Environment("'a': { 'registry': 'embedded', 'profile': 'b' }", "profile does not apply."),
        Environment(
            "'a': { 'registry': 'embedded', 'insecure': true }",
            "insecure is only for a registry named by its host."
        ),
        Environment(
            "'a': { 'registry': 'embedded', 'insecure': 'yes' }",
            "insecure is text, but true or false is expected."
        ),
        Environment(
            "'a': { 'registry': 'embedded', 'repositories': 'cdk' }",
            "Only repositories in ECR come from a CDK stack"
        ),
        Environment("'a': { 'registry': 'embedded', 'repositories': 'ckd' }", "Did you mean cdk? Valid: cdk, lading."),
        Environment("'a': { 'registry': 'embedded', 'promotefrom': 'b' }", "Did you mean promoteFrom?"),
        Environment(
            "'a': { 'registry': 'embedded', 'promoteFrom': 'b' }",
            "There is no such environment. Valid: local.",
            schemaTells: false
        ),
        Environment(
            "'a': { 'registry': 'embedded', 'promoteFrom': 'a' }",
            "form a cycle: a from a.",
            schemaTells: false
        ),
        Environment(
            "'a': { 'registry': 'embedded', 'promoteFrom': 'b' }, 'b': { 'registry': 'embedded', 'promoteFrom': 'a' }",
            "form a cycle: a from b from a.",
            schemaTells: false
        ),
        Environment(
            "'local': { 'account': '111111111111', 'region': 'eu-west-1' }",
            "environments.local has an account."
        ),
        Environment("'Prod': { 'registry': 'embedded' }", "environments.Prod is not a valid name for an environment."),
        Alias("{tag}", "aliases[0] is \"{tag}\". The placeholders are {branch} and {commit}, the full commit hash."),
        Alias("{branch", "The placeholders are"),
        Alias("src-{commit}", "Tags that begin with src- are reserved"),
        Alias("git-{commit}", "Tags that begin with git- are reserved"),
        Alias("lading-{commit}", "Tags that begin with lading- are reserved"),
        Alias("v/{commit}", "A tag has at most 128 letters"),
        Alias("-x", "A tag has at most 128 letters"),
    ];

    private static RefusedDocument Version(string value, string expected) =>
        new(Json($"{{ 'lading': '{value}', 'project': 'p', 'images': {{}} }}"), expected, SchemaTells: true);

    private static RefusedDocument Check(string value, string expected) =>
        new(Json($"{{ 'project': 'p', 'images': {{}}, 'check': {value} }}"), expected, SchemaTells: true);

    private static RefusedDocument Retention(string members, string expected, bool schemaTells = true) =>
        new(
            Json($"{{ 'project': 'p', 'images': {{ 'web': {{ 'from': 'a' }} }}, 'retention': {{ {members} }} }}"),
            expected,
            schemaTells
        );

    private static RefusedDocument Kept(string image, string until, string expected, bool schemaTells = true) =>
        Retention($"'keep': [{{ 'image': '{image}', 'until': '{until}', 'reason': 'x' }}]", expected, schemaTells);

    private static RefusedDocument Image(string members, string expected, bool schemaTells = true) =>
        new(Json($"{{ 'project': 'p', 'images': {{ 'one': {{ {members} }} }} }}"), expected, schemaTells);

    private static RefusedDocument Assembly(string members, string expected, bool schemaTells = true) =>
        Image($"'assemble': {{ {members} }}", expected, schemaTells);

    private static RefusedDocument Environment(string members, string expected, bool schemaTells = true) =>
        new(Json($"{{ 'project': 'p', 'images': {{}}, 'environments': {{ {members} }} }}"), expected, schemaTells);

    private static RefusedDocument Alias(string alias, string expected, bool schemaTells = true) =>
        new(Json($"{{ 'project': 'p', 'images': {{}}, 'aliases': ['{alias}'] }}"), expected, schemaTells);

    private static string Json(string text) => text.Replace('\'', '"');
}
