using System.CommandLine;
using Lading.Engines;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>The options of <c>publish</c> and <c>promote</c>.</summary>
internal sealed class PublishOptions
{
    public RevisionOptions Sources { get; } = new();

    public Option<bool> NoCreate { get; } =
        new("--no-create") { Description = "Create no repositories: a missing one is an error." };

    public Option<bool> NoReferrers { get; } =
        new("--no-referrers")
        {
            Description =
                "Push images without the statement of their inputs and without signatures, for registries that do not accept them.",
        };

    public Option<string?> Engine { get; } =
        new("--engine")
        {
            Description =
                "The container engine to build with. Default: LADING_ENGINE, CDK_DOCKER, else the first that answers.",
            HelpName = "name",
        };

    public Option<string?> Platform { get; } =
        new("--platform")
        {
            Description = "Publish only this platform; a later publish without --platform joins the platforms.",
            HelpName = "os/arch",
        };

    public Option<string?> Cache { get; } =
        new("--cache")
        {
            Description = "A repository for the engine's build cache, shared between machines. Default: LADING_CACHE.",
            HelpName = "repository",
        };

    public Option<string?> Lock { get; } =
        new("--lock") { Description = "Where to write the lock. Default: .lading/<env>.lock.json.", HelpName = "file" };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="withDirty">Whether the verb builds, and so supports uncommitted changes.</param>
    /// <param name="withImages">Whether its arguments are images.</param>
    public void AddTo(Command command, bool withDirty, bool withImages = true)
    {
        Sources.AddTo(command, withDirty, withImages);
        command.Options.Add(NoCreate);
        command.Options.Add(NoReferrers);
        command.Options.Add(Lock);
        if (withDirty && withImages)
        {
            command.Options.Add(Platform);
        }

        if (withDirty)
        {
            command.Options.Add(Engine);
            command.Options.Add(Cache);
        }
    }

    /// <summary>The request on the command line.</summary>
    /// <exception cref="LadingException">Options contradict each other.</exception>
    public PublishRequest Read(Invocation invocation) =>
        new(Sources.Read(invocation))
        {
            MayBeDirty = Sources.TakesDirty(invocation),
            NoCreate = invocation.Value(NoCreate),
            NoReferrers = invocation.Value(NoReferrers),
            Engines = EnginesOf(
                invocation,
                invocation.Parsed.GetResult(Engine) is null ? null : invocation.Value(Engine)
            ),
            TellsTimes = invocation.Verbose,
            Platform = ReadPlatform(invocation),
            Cache = ReadCache(invocation),
            Lock = invocation.Value(Lock) is { } path ? Path.GetFullPath(path, invocation.Host.WorkingDirectory) : null,
        };

    /// <summary>
    /// The possible sources of the engine's name, with the name in each; the first that has one wins.
    /// </summary>
    public static IReadOnlyList<(string Origin, string? Name)> EnginesOf(
        Invocation invocation,
        string? option = null
    ) => EngineChoice.NamesIn(invocation.Host.Variable, option);

    /// <summary>The engine's build cache; null for none.</summary>
    /// <exception cref="LadingException">It is not a repository.</exception>
    private BuildCache? ReadCache(Invocation invocation)
    {
        var isSupported = invocation.Parsed.CommandResult.Command.Options.Contains(Cache);
        var given = isSupported ? invocation.Value(Cache) : null;
        if ((given ?? (isSupported ? invocation.Host.Variable("LADING_CACHE") : null)) is not { } text)
        {
            return null;
        }

        try
        {
            return BuildCache.Parse(text);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage(
                $"Could not read {(given is null ? "LADING_CACHE" : "--cache")}",
                e.Message.TrimEnd('.'),
                "Write host/repository, such as 111111111111.dkr.ecr.eu-west-1.amazonaws.com/storefront/cache."
            );
        }
    }

    /// <summary>The single platform to publish; null for all.</summary>
    /// <exception cref="LadingException">It is not a platform, or is combined with <c>--lock</c>: a lock pins whole
    /// images.</exception>
    private Platform? ReadPlatform(Invocation invocation)
    {
        if (
            !invocation.Parsed.CommandResult.Command.Options.Contains(Platform)
            || invocation.Value(Platform) is not { } text
        )
        {
            return null;
        }

        if (invocation.Value(Lock) is not null)
        {
            throw LadingException.Usage(
                "Could not read the command line",
                "--platform and --lock exclude each other",
                "One platform of an image is nothing to pin: the publish that joins them writes the lock."
            );
        }

        return PlatformValue.Read(text);
    }
}
