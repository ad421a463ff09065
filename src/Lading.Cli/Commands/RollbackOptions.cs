using System.CommandLine;
using Lading.Configuration;
using Lading.Projects;
using Lading.Rollbacks;

namespace Lading.Cli.Commands;

/// <summary>The options of <c>lading rollback</c>.</summary>
internal sealed class RollbackOptions
{
    private readonly AccountOptions account = new();
    private readonly TimeOption patience = TimeOption.OfVerification();

    private readonly Argument<string?> stack = new("stack")
    {
        Description = "The stack's name in CloudFormation. May be left out where the environment has one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> to = new("--to")
    {
        Description =
            "The release: '#41' as lading history shows it, a commit, a digest, or a time (UTC) at which it ran. Default: the last one before this that ran well.",
        HelpName = "release",
        // Most shells treat an unquoted #41 as a comment: see below.
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> image = new("--image")
    {
        Description = "Go back with this image alone.",
        HelpName = "name",
    };

    private readonly Option<bool> resets = new("--template-count")
    {
        Description =
            "Let CloudFormation reset services to the number of tasks in the template. Default: they keep the number that they run.",
    };

    private readonly Option<bool> isForced = new("--force")
    {
        Description = "Go on where more than the images would change, or a platform could not be read.",
    };

    private readonly Option<string?> app = new("--app")
    {
        Description =
            "Where the template may be as it was deployed, if it has characters that CloudFormation does not give back. Default: cdk.out.",
        HelpName = "folder",
    };

    private readonly Option<bool> isDry = new("--dry-run")
    {
        Description = "Change nothing: prove the images, and show what would be done.",
    };

    private readonly Option<bool> isAgreed = new("--yes", "-y")
    {
        Description = "Do not ask. Needed where there is no terminal.",
    };

    private readonly Option<bool> isSteal = StealOption.Create();

    public void AddTo(Command command)
    {
        command.Arguments.Add(stack);
        foreach (var option in new Option[] { to, image, isAgreed, isDry, resets, isForced, isSteal, app })
        {
            command.Options.Add(option);
        }

        patience.AddTo(command);
        account.AddTo(command);
    }

    /// <summary>Whether a question is asked before anything is changed.</summary>
    /// <exception cref="LadingException">There is no user to ask.</exception>
    public bool ReadAsks(Invocation invocation)
    {
        var asks = !invocation.Value(isDry) && !invocation.Value(isAgreed);
        return !asks || invocation.Host.InIsTerminal
            ? asks
            : throw LadingException.Usage(
                "Could not ask whether to go back",
                "standard input is not a terminal",
                "Add --yes, or --dry-run to see what would be done."
            );
    }

    /// <summary>The request.</summary>
    public RollbackRequest Read(Invocation invocation, Project? project)
    {
        var folder = invocation.Host.WorkingDirectory;
        IEnumerable<string> assemblies = invocation.Value(app) is { } named
            ? [Path.GetFullPath(named, folder)]
            : new[] { folder, project?.Folder.Path }.OfType<string>().Select(each => Path.Combine(each, "cdk.out"));
        return new RollbackRequest(invocation.Value(stack))
        {
            To = Named(invocation, to, "Most shells take # for the beginning of a comment. Write --to '#41'."),
            Image = Named(invocation, image, "Name an image, such as --image web."),
            KeepsCounts = !invocation.Value(resets),
            IsForced = invocation.Value(isForced),
            IsDry = invocation.Value(isDry),
            IsSteal = invocation.Value(isSteal),
            Patience = patience.Read(invocation),
            Assemblies = [.. assemblies.Distinct(StringComparer.Ordinal)],
        };
    }

    private static string? Named(Invocation invocation, Option<string?> option, string remedy) =>
        invocation.Parsed.GetResult(option) is null ? null
        : invocation.Value(option) is { } value && value.Trim().Length > 0 ? value
        : throw LadingException.Usage($"Could not read {option.Name}", "there is nothing after it", remedy);

    /// <inheritdoc cref="AccountOptions.ReadOneAsync"/>
    public Task<(Project? Project, EnvironmentDefinition Environment)> ReadEnvironmentAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    ) => account.ReadOneAsync(invocation, cancellationToken);
}
