using System.Text;

namespace Lading.Cli.Output;

/// <summary>Command lines to copy, for the help. Tests run each through the parser, and require one for each verb.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, IReadOnlyList<(string Command, string Meaning)>> All = new(
        StringComparer.Ordinal
    )
    {
        ["lading"] =
        [
            ("lading init", "write lading.json for the Dockerfiles that are here"),
            ("lading publish", "build, into a registry on this machine"),
            ("lading deploy --env dev", "publish, synthesize, check, cdk deploy"),
            ("lading promote dev prod", "the same bytes for the next environment"),
            ("lading rollback --env prod", "production is down: back to the release before, after a question"),
        ],
        ["lading init"] =
        [
            ("lading init", "look, ask registries for pins of bases, write"),
            ("lading init --offline", "ask no registry"),
        ],
        ["lading plan"] =
        [
            ("lading plan --env dev", "what publishing would do"),
            ("lading plan web --rev v1.4.2 --env dev", "for one image, as a tag has it"),
            ("lading plan --env dev --output json", "for a script"),
        ],
        ["lading publish"] =
        [
            ("lading publish", "all images, into the registry on this machine"),
            ("lading publish web worker --env dev", "two of them, to dev"),
            ("lading publish --dirty", "with what is not committed"),
            ("lading publish web --env dev --platform linux/arm64", "one platform, on a machine of its kind"),
        ],
        ["lading resolve"] =
        [
            ("lading resolve --env dev", "before a cdk deploy of your own, in a job that builds nothing"),
        ],
        ["lading check"] =
        [
            ("lading check --env prod", "are the images of the lock there?"),
            ("lading check --env prod --app cdk.out", "and all that the templates name?"),
        ],
        ["lading run"] =
        [
            ("lading run -- dotnet run --project src/Infra", "as \"app\" in cdk.json"),
            ("lading run --print --env dev", "what the app would get"),
        ],
        ["lading deploy"] =
        [
            ("lading deploy --env dev", "all stacks of dev"),
            ("lading deploy Storefront --env prod -- --require-approval never", "one stack, without a question"),
            ("lading deploy --env prod --dry-run", "change nothing, show what would change"),
            ("lading deploy --env prod --rev v1.4.2", "go back to the images of a tag"),
        ],
        ["lading verify"] =
        [
            ("lading verify --env prod", "all stacks of prod, until ECS is done with them"),
            ("lading verify Storefront --env prod --verify-timeout 10m", "one stack, for ten minutes at most"),
        ],
        ["lading doctor"] =
        [
            ("lading doctor", "this machine, this project, and all of its accounts"),
            ("lading doctor --env prod --verbose", "prod's account, with what is as it should be"),
            ("lading doctor pull-permission --env prod", "one check"),
            ("lading doctor --clean", "remove what killed runs left"),
        ],
        ["lading promote"] =
        [
            ("lading promote dev prod", "all images"),
            ("lading promote dev prod web", "one of them"),
        ],
        ["lading pin"] =
        [
            (
                "lading pin web@4e1c0d2 --reason \"carts are lost since 9d01f3a\"",
                "web stays at that commit, the rest goes on"
            ),
        ],
        ["lading unpin"] = [("lading unpin web", "back to HEAD")],
        ["lading prune"] =
        [
            (
                "lading prune --env prod",
                "what may be deleted from prod's registry, and why the rest is kept; deletes nothing"
            ),
            ("lading prune --env prod --also 333333333333/eu-central-1=audit", "where another account pulls from it"),
            ("lading prune --env prod --html plan.html", "a page with each image"),
            (
                "lading prune --env prod --apply",
                "marks what may go, and deletes what was marked a week ago; asks first"
            ),
            ("lading prune --apply", "cleans up the embedded registry of this project"),
        ],
        ["lading keep"] =
        [
            (
                "lading keep web@sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7 --until 2027-03-31 --reason \"audit of 2026\"",
                "this digest, through March"
            ),
        ],
        ["lading why"] =
        [
            ("lading why web", "what its identity is made of"),
            ("lading why web --from prod --to HEAD", "what changed since prod, and in which commits"),
        ],
        ["lading status"] =
        [
            ("lading status", "every environment that has an account"),
            ("lading status --env prod --exit-code", "one of them; exit code 3 unless all is as it should be"),
            ("lading status --account 111111111111 --region eu-central-1", "from a laptop without the repository"),
        ],
        ["lading history"] =
        [
            ("lading history --env prod", "the releases of prod's stack, the newest first"),
            ("lading history Shop --env prod", "where prod has several"),
        ],
        ["lading rollback"] =
        [
            ("lading rollback --env prod", "to the release before, after a question"),
            ("lading rollback --env prod --dry-run", "prove the images and show what would be done"),
            ("lading rollback Shop --env prod --to '#40' --image web", "one image, to a release of lading history"),
        ],
        ["lading bases"] = [("lading bases", "what images are made from, and how old that is")],
        ["lading bases update"] =
        [
            ("lading bases update", "pin all to the current digests of their references"),
            ("lading bases update docker.io/library/busybox:1.36", "one of them"),
        ],
        ["lading bases check"] = [("lading bases check", "exit code 3 if one is behind: for a nightly job")],
        ["lading registry"] = [("lading registry --port 5050", "then docker push localhost:5050/shop/web:1 works")],
        ["lading image"] =
        [
            ("lading image list localhost:5050/storefront/web", "the tags of a repository"),
            ("lading image inspect localhost:5050/storefront/web:v1", "one image"),
        ],
        ["lading image push"] =
        [
            ("lading image push oci:build/image localhost:5050/storefront/web:v1", "a layout on disk into a registry"),
        ],
        ["lading image pull"] =
        [
            ("lading image pull localhost:5050/storefront/web:v1 docker-archive:web.tar", "for docker load"),
        ],
        ["lading image copy"] =
        [
            (
                "lading image copy docker.io/envoyproxy/envoy:v1.31 localhost:5050/mirror/envoy:v1.31",
                "between registries"
            ),
        ],
        ["lading image inspect"] = [("lading image inspect localhost:5050/storefront/web:v1 --raw", "its manifest")],
        ["lading image list"] = [("lading image list localhost:5050/storefront/web --digests", "tags and digests")],
        ["lading image tag"] = [("lading image tag localhost:5050/storefront/web:v1 stable", "another name for it")],
        ["lading image delete"] = [("lading image delete localhost:5050/storefront/web:v1", "the tag")],
        ["lading image referrers"] =
        [
            ("lading image referrers localhost:5050/storefront/web:v1", "signatures and statements"),
        ],
        ["lading completion"] =
        [
            ("lading completion bash > ~/.local/share/bash-completion/completions/lading", "bash"),
            ("lading completion zsh > ~/.zfunc/_lading", "zsh, with ~/.zfunc in fpath before compinit"),
            ("lading completion fish > ~/.config/fish/completions/lading.fish", "fish"),
            ("lading completion powershell >> $PROFILE", "PowerShell"),
        ],
        ["lading docker"] =
        [
            ("CDK_DOCKER=lading-docker cdk deploy", "image assets without a Docker daemon to push through"),
        ],
    };

    /// <summary>The examples of a verb; empty if it has none.</summary>
    /// <param name="verb">As users type it: <c>lading bases update</c>.</param>
    public static IReadOnlyList<(string Command, string Meaning)> Of(string verb) => All.GetValueOrDefault(verb) ?? [];

    /// <summary>Writes examples, a line each, with the meaning below a long command.</summary>
    public static void Write(StringBuilder text, IReadOnlyList<(string Command, string Meaning)> examples)
    {
        const int Wide = 60;
        var width = examples.Select(each => each.Command.Length).Where(length => length <= Wide).DefaultIfEmpty().Max();
        foreach (var (command, meaning) in examples)
        {
            text.Append("  ").Append(command.PadRight(width));
            text.Append(command.Length > Wide ? $"\n      {meaning}\n" : $"  {meaning}\n");
        }
    }
}
