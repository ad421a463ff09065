using Lading.Cli.Output;
using Lading.Engines;
using Lading.Fingerprints;
using Lading.Layout;
using Lading.Oci;
using Lading.Processes;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;
using Lading.Shipping;

namespace Lading.Cli.Docker;

/// <summary>
/// <c>lading-docker</c>, which <c>CDK_DOCKER</c> names: answers what the CDK asks of Docker when it publishes image assets.
/// Everything else goes to a real engine as it is.
/// </summary>
/// <param name="host">What it runs in.</param>
/// <param name="terminal">Speaks to people.</param>
internal sealed class DockerProgram(Host host, Terminal terminal)
{
    /// <summary>The name that this program is found under.</summary>
    public const string Name = "lading-docker";

    private readonly string root = RootOf(host);

    private LocalImages Images => new(root, host.Time);

    /// <summary>Carries out one command line of Docker's.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        string? configuration = null;
        if (args is ["--config", var folder, .. var rest])
        {
            (configuration, args) = (folder, rest);
        }

        switch (args)
        {
            case ["login", "--username", var user, "--password-stdin", var server]:
                var password = (await host.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).TrimEnd(
                    '\r',
                    '\n'
                );
                await Logins(configuration)
                    .SaveAsync(HostOf(server), user, password, cancellationToken)
                    .ConfigureAwait(false);
                terminal.Result("Login Succeeded");
                return 0;
            case ["inspect", var name]:
                return Inspect(name);
            case ["images", .. var options]:
                return List(options);
            case ["build", .. var words] when words.Contains("--tag"):
                return await BuildAsync(words, cancellationToken).ConfigureAwait(false);
            case ["tag", var name, var other]:
                var known = await GetAsync(name, cancellationToken).ConfigureAwait(false);
                await Images.NameAsync(other, known, cancellationToken).ConfigureAwait(false);
                return 0;
            case ["push", var name]:
                return await PushAsync(name, configuration, cancellationToken).ConfigureAwait(false);
            default:
                return await PassOnAsync(args, cancellationToken).ConfigureAwait(false);
        }
    }

    private int Inspect(string name)
    {
        if (Images.Find(name) is not { } image)
        {
            terminal.Result("[]");
            terminal.Narrate($"Error: No such object: {name}");
            return 1;
        }

        terminal.Result($"[{{ \"Id\": \"{image.Digest}\", \"RepoTags\": [\"{name}\"] }}]");
        return 0;
    }

    /// <summary>The CDK looks for an image with a tag, as <c>--filter reference=*/*:TAG</c>.</summary>
    private int List(IReadOnlyList<string> options)
    {
        var filter = options.SkipWhile(word => word != "--filter").Skip(1).FirstOrDefault() ?? "";
        var tag = filter[(filter.LastIndexOf(':') + 1)..];
        foreach (var name in Images.List().Where(name => name.EndsWith($":{tag}", StringComparison.Ordinal)))
        {
            terminal.Result(name);
        }

        return 0;
    }

    private async Task<int> BuildAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var arguments = DockerBuildArguments.Read(words);
        foreach (var option in arguments.Ignored)
        {
            terminal.Narrate($"{Name}: {option} is left out");
        }

        var engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        var lines = new Narration(terminal);
        var image = await DockerBuild
            .RunAsync(arguments, engine, host.WorkingDirectory, Images, lines, cancellationToken)
            .ConfigureAwait(false);
        await Images.NameAsync(arguments.Name, image, cancellationToken).ConfigureAwait(false);
        terminal.Narrate($"built {arguments.Name} with {engine.Name}: {image.Digest}");
        return 0;
    }

    private async Task<int> PushAsync(string name, string? configuration, CancellationToken cancellationToken)
    {
        var image = await GetAsync(name, cancellationToken).ConfigureAwait(false);
        var reference = ImageReference.Parse(name);
        using var http = RegistryHttp.CreateClient();
        var schedule = new RetrySchedule(host.Time, host.Random);
        var address = RegistryAddress.Of(reference.Host);
        var transport = new RegistryTransport(address, http, Logins(configuration), schedule);
        using var registry = new DistributionRegistry(transport);
        var manifest =
            await image.Layout.FindManifestContentAsync(image.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException($"Could not push {name}", "its files are gone", "Build it again.");
        var tag = reference.Tag ?? Tag.Parse("latest");
        var request = new CopyRequest(image.Layout, manifest, registry.Open(reference.Repository))
        {
            Tag = tag,
            // What has the same identity was made from the same inputs: whoever was first, wins.
            Rule = tag.Name.StartsWith(Fingerprint.SourceTagPrefix, StringComparison.Ordinal)
                ? TagRule.Adopt
                : TagRule.Move,
        };
        var copied = await new CopyScreen(terminal)
            .ShowAsync(progress => ImageCopy.RunAsync(request, progress, cancellationToken))
            .ConfigureAwait(false);
        terminal.Result($"{tag}: digest: {copied.Standing}");
        terminal.Narrate(
            copied.IsThere
                ? $"{name} is there already"
                : $"pushed {name}: {Amount.OfBytes(copied.BytesSent)} sent, {Amount.OfBytes(copied.BytesThere)} already there"
        );
        return 0;
    }

    /// <summary>An image that was built here; one that another program put into the engine is taken out of it.</summary>
    private async Task<LocalImage> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (Images.Find(name) is { } known)
        {
            return known;
        }

        var engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        var folder = Images.NewFolder();
        var archive = Path.Combine(folder, "saved.tar");
        var saved = await ProgramRunner
            .RunAsync(
                new ProgramCall(engine.Program, "save", "--output", archive, name),
                ReadOnlyMemory<byte>.Empty,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (saved.ExitCode != 0)
        {
            throw new LadingException(
                $"Could not find image {name}",
                $"neither {Name} nor {engine.Name} has it: {saved.Error.Trim()}",
                "Build it first."
            );
        }

        var layout = LocalImages.LayoutIn(folder);
        var manifest = await DockerArchive
            .TakeAsync(archive, null, layout, archive + ".unpacked", cancellationToken)
            .ConfigureAwait(false);
        File.Delete(archive);
        var image = new LocalImage(folder, manifest.Digest);
        await Images.NameAsync(name, image, cancellationToken).ConfigureAwait(false);
        return image;
    }

    private async Task<int> PassOnAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        var call = new ProgramCall(engine.Program, args) { WorkingDirectory = host.WorkingDirectory };
        return await AttachedProgram.RunAsync(call, output: null, cancellationToken).ConfigureAwait(false);
    }

    private Task<Engine> EngineAsync(CancellationToken cancellationToken) =>
        EngineChoice.ChooseAsync([("LADING_ENGINE", host.Variable("LADING_ENGINE"))], cancellationToken);

    private SavedLogins Logins(string? configuration) =>
        new(
            Path.Combine(root, "logins"),
            host.Time,
            DockerConfiguration.OfUser(
                name => name == "DOCKER_CONFIG" && configuration is not null ? configuration : host.Variable(name),
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
            )
        );

    private static string HostOf(string server) =>
        server
            .Replace("https://", "", StringComparison.Ordinal)
            .Replace("http://", "", StringComparison.Ordinal)
            .TrimEnd('/');

    private static string RootOf(Host host)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return host.Variable("LADING_DOCKER_FOLDER")
            ?? Path.Combine(
                OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : host.Variable("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache"),
                "lading",
                "docker"
            );
    }
}
