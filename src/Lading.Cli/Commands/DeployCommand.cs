using System.CommandLine;
using System.CommandLine.Parsing;
using Lading.Cli.Output;
using Lading.Deploying;

namespace Lading.Cli.Commands;

/// <summary>
/// <c>lading deploy</c>: publishes, checks and runs <c>cdk deploy</c>, all with the same credentials.
/// </summary>
internal static class DeployCommand
{
    public const string Name = "deploy";

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            Name,
            "Publishes the images, synthesizes, checks, runs cdk deploy, and watches the services. Put options for cdk after --."
        );
        var stacks = new Argument<string[]>("stacks")
        {
            Description = "Stacks, by the names that cdk uses. Default: all stacks of the environment.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var dry = new Option<bool>("--dry-run")
        {
            Description =
                "Change nothing: show what would be published, check, and show 'cdk diff'. Images that are yet to be built get a placeholder digest.",
        };
        var summary = new Option<string?>("--summary")
        {
            Description =
                "Also write what was published, checked and deployed as Markdown to this file, for a comment or a message.",
            HelpName = "file",
        };
        var redeploys = Redeploying();
        var unverified = new Option<bool>("--no-verify")
        {
            Description = "End when cdk does: do not watch whether the services come to run what was deployed.",
        };
        var limit = TimeOption.OfVerification();
        var steal = StealOption.Create();
        var options = new PublishOptions();
        command.Arguments.Add(stacks);
        command.Options.Add(dry);
        command.Options.Add(summary);
        command.Options.Add(redeploys);
        command.Options.Add(unverified);
        limit.AddTo(command);
        command.Options.Add(steal);
        options.AddTo(command, withDirty: true, withImages: false);

        // Unknown options are passed to cdk: a missing -- is inserted.
        command.TreatUnmatchedTokensAsErrors = false;
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
            {
                var forCdk = AfterDashes(invocation.Parsed);
                var named = invocation.Value(stacks) ?? [];
                var request = new DeployRequest(
                    options.Read(invocation),
                    [.. named.SkipLast(forCdk.Count)],
                    CdkOptions.Read(forCdk),
                    invocation.Value(dry)
                )
                {
                    Redeploys = invocation.Value(redeploys),
                    VerifyFor = invocation.Value(unverified) ? null : limit.Read(invocation),
                    IsSteal = invocation.Value(steal),
                };
                var file = invocation.Value(summary) is { } path
                    ? Path.GetFullPath(path, invocation.Host.WorkingDirectory)
                    : null;
                return RunAsync(invocation, request, file, cancellationToken);
            }
        );
        return command;
    }

    /// <summary>The option that accepts images that a stack was rolled back from.</summary>
    public static Option<bool> Redeploying() =>
        new("--redeploy") { Description = "Accept images that lading rollback replaced." };

    private static async Task<int> RunAsync(
        Invocation invocation,
        DeployRequest request,
        string? summary,
        CancellationToken cancellationToken
    )
    {
        var found = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var part = invocation.AsPart();
        var project = DeployedProject.Of(found, invocation.EnvironmentName is not null, request);
        using var workspace = part.OpenWorkspace(project);
        using var accounts = invocation.OpenDeployAccounts();
        var screen = new DeployScreen(invocation, part, summary);
        var outcome = await new Deployment(workspace, request, invocation.CdkHost(), accounts, screen)
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        screen.Show(outcome);
        return ExitCode.Of(outcome.Holds);
    }

    /// <summary>
    /// Returns the command line with <c>--</c> inserted before the first option that is not Lading's; null if there is
    /// none.
    /// </summary>
    public static IReadOnlyList<string>? WithDashes(ParseResult parsed, IReadOnlyList<string> args)
    {
        if (parsed.CommandResult.Command.Name != Name || args.Contains("--", StringComparer.Ordinal))
        {
            return null;
        }

        var foreign = parsed.UnmatchedTokens.Concat(parsed.GetValue<string[]>("stacks") ?? []).Where(IsOption).ToList();
        var first = args.TakeWhile(word => !IsOption(word) || !foreign.Exists(option => IsSame(word, option))).Count();
        return first == args.Count ? null : [.. args.Take(first), "--", .. args.Skip(first)];
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    private static bool IsSame(string word, string option) =>
        word == option || word.StartsWith($"{option}=", StringComparison.Ordinal);

    private static List<string> AfterDashes(ParseResult parsed) =>
        [.. parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Select(token => token.Value)];
}
