using Lading.Cli.Commands;
using Lading.Layout;

namespace Lading.Cli.Output;

/// <summary>The address of the embedded registry, and how other programs use it.</summary>
internal static class RegistryScreen
{
    public static void Show(Invocation invocation, Uri address, LayoutStore store, CancellationToken cancellationToken)
    {
        var terminal = invocation.Terminal;
        var url = address.GetLeftPart(UriPartial.Authority);
        var relative = SlashPath.From(invocation.Host.WorkingDirectory, store.Directory);
        var shown = relative.StartsWith("..", StringComparison.Ordinal) ? store.Directory : relative;
        if (invocation.Json)
        {
            terminal.Result(RegistryDocument.Of(url, store.Directory));
            return;
        }

        var repositories = store.List(cancellationToken);
        terminal.Result($"  registry  {url}");
        terminal.Result($"  store     {shown}  {Count(repositories.Count)}");
        terminal.Narrate("");
        var example = repositories.Count > 0 ? repositories[0].Value : "my/image";
        terminal.Narrate($"  docker push {address.Authority}/{example}:tag");
        terminal.Narrate($"  export AWS_ENDPOINT_URL_ECR={url}    for the AWS CLI, SDKs and lading itself");
        terminal.Narrate("  Ctrl-C stops it. Environments with \"registry\": \"embedded\" do not need it to run.");
    }

    private static string Count(int repositories) =>
        repositories switch
        {
            0 => "empty",
            1 => "1 repository",
            _ => $"{repositories} repositories",
        };
}
