using System.CommandLine;
using Lading.Fingerprints;

namespace Lading.Cli.Commands;

/// <summary>The arguments and options for images and their revision, which several verbs share.</summary>
internal sealed class RevisionOptions
{
    public Argument<string[]> Images { get; } =
        new("image")
        {
            Description = "Names of images in lading.json. Default: all.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    public Option<string?> Revision { get; } =
        new("--rev")
        {
            Description = "Take images and their inputs from this revision instead of HEAD.",
            HelpName = "revision",
        };

    public Option<bool> Dirty { get; } =
        new("--dirty") { Description = "Use inputs as they are in the working tree, uncommitted changes included." };

    public Option<bool> NoCache { get; } =
        new("--no-cache") { Description = "Compute every identity, whatever is remembered in .lading/cache." };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command, bool withDirty = true, bool withImages = true)
    {
        if (withImages)
        {
            command.Arguments.Add(Images);
        }

        command.Options.Add(Revision);
        if (withDirty)
        {
            command.Options.Add(Dirty);
        }

        command.Options.Add(NoCache);
    }

    /// <summary>Whether the current verb has <c>--dirty</c>.</summary>
    public bool TakesDirty(Invocation invocation) => invocation.Parsed.CommandResult.Command.Options.Contains(Dirty);

    private bool TakesImages(Invocation invocation) =>
        invocation.Parsed.CommandResult.Command.Arguments.Contains(Images);

    /// <exception cref="LadingException">The options contradict each other.</exception>
    public SnapshotRequest Read(Invocation invocation)
    {
        var revision = invocation.Value(Revision);
        var dirty = TakesDirty(invocation) && invocation.Value(Dirty);
        return revision is null || !dirty
            ? new SnapshotRequest(TakesImages(invocation) ? invocation.Value(Images) ?? [] : [], revision, dirty)
            {
                StateFolder = invocation.Value(NoCache) ? null : StateFolder.Find(invocation.Host.Variable),
            }
            : throw LadingException.Usage(
                "Could not read the command line",
                "--rev and --dirty exclude each other",
                "A revision has no uncommitted changes: leave one of them out."
            );
    }
}
