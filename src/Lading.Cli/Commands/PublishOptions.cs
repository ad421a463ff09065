using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary>The options of <c>publish</c> and <c>promote</c>.</summary>
internal sealed class PublishOptions
{
    public SourceOptions Sources { get; } = new();

    public Option<bool> NoCreate { get; } =
        new("--no-create") { Description = "Create no repositories: a missing one is an error." };

    public Option<string?> Engine { get; } =
        new("--engine")
        {
            Description = "The container engine to build with; LADING_ENGINE, CDK_DOCKER, else the first that answers.",
            HelpName = "name",
        };

    public Option<string?> Lock { get; } =
        new("--lock")
        {
            Description = "Where to write the lock; .lading/<env>.lock.json otherwise.",
            HelpName = "file",
        };

    public void AddTo(Command command, bool withDirty)
    {
        Sources.AddTo(command, withDirty);
        command.Options.Add(NoCreate);
        command.Options.Add(Lock);
        if (withDirty)
        {
            command.Options.Add(Engine);
        }
    }
}
