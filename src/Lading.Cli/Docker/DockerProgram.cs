using System.Text.Json;
using Lading.Cli.Output;
using Lading.Engines;
using Lading.Fingerprints;
using Lading.Http;
using Lading.Layout;
using Lading.Oci;
using Lading.Processes;
using Lading.Registry;
using Lading.Registry.Transport;
using Lading.Shipping;

namespace Lading.Cli.Docker;

/// <summary>
/// <c>lading-docker</c>, for <c>CDK_DOCKER</c>: handles the Docker calls with which the CDK publishes image assets, and
/// passes all others to a container engine.
/// </summary>
/// <param name="host">The environment of the tool.</param>
/// <param name="terminal">The output.</param>
internal sealed class DockerProgram(Host host, Terminal terminal)
{
    /// <summary>The name of this program.</summary>
    public const string Name = "lading-docker";

    /// <summary>True if the program was started as <c>lading-docker</c>: through a link or a copy, with or without <c>.exe</c>.</summary>
    public static bool IsNamed(string program) => Path.GetFileNameWithoutExtension(program) == Name;

    private readonly DockerFolders folders = DockerFolders.Of(host);

    private LocalImages Images => new(folders.Root, host.Time);

    /// <summary>Runs one Docker command line.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        string? configuration = null;
        if (args is ["--config", var folder, .. var rest])
        {
            (configuration, args) = (Path.GetFullPath(folder, host.WorkingDirectory), rest);
        }

        switch (args)
        {
            case ["login", "--username", var user, "--password-stdin", var server]:
                await Logins(configuration).TakeAsync(server, user, cancellationToken).ConfigureAwait(false);
                terminal.Result("Login Succeeded");
                return 0;
            case ["inspect", var name]:
                return Inspect(name);
            case ["images", .. var options]:
                return List(options);
            // With -t, the CDK builds an image that it runs to bundle an asset: that is left to the engine.
            case ["build", .. var words]
                when words.Any(word => word == "--tag" || word.StartsWith("--tag=", StringComparison.Ordinal)):
                return await BuildAsync(words, configuration, cancellationToken).ConfigureAwait(false);
            case ["tag", var name, var other]:
                var known = await GetAsync(name, cancellationToken).ConfigureAwait(false);
                await Images.NameAsync(other, known, cancellationToken).ConfigureAwait(false);
                return 0;
            case ["push", var name]:
                return await PushAsync(name, configuration, cancellationToken).ConfigureAwait(false);
            default:
                return await PassOnAsync(args, configuration, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Lists images: the CDK looks one up by its tag, with <c>--filter reference=*/*:TAG</c>.</summary>
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

    private async Task<int> BuildAsync(
        IReadOnlyList<string> words,
        string? configuration,
        CancellationToken cancellationToken
    )
    {
        var arguments = DockerBuildArguments.Read(words, host.Variable);
        var engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        var uses = arguments.UsesWith(engine);
        foreach (var note in uses.Select(use => use.Note).OfType<string>())
        {
            terminal.Narrate($"{Name}: {note}");
        }

        using var logins = await Logins(configuration).HandOverAsync(engine, cancellationToken).ConfigureAwait(false);
        var image = await new DockerBuild(engine, host.WorkingDirectory, Images)
            .RunAsync(
                arguments,
                [.. uses.SelectMany(use => use.Arguments)],
                logins.Variables,
                arguments.IsQuiet ? new Progress<string>() : new LineNarrator(terminal),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var name in arguments.Names)
        {
            await Images.NameAsync(name, image, cancellationToken).ConfigureAwait(false);
        }

        await WriteFilesAsync(arguments, image, cancellationToken).ConfigureAwait(false);
        if (arguments.IsQuiet)
        {
            terminal.Result(image.Digest.ToString());
        }
        else
        {
            terminal.Narrate($"built {arguments.Names[0]} with {engine.Name}: {image.Digest}");
        }

        return 0;
    }

    private async Task WriteFilesAsync(
        DockerBuildArguments arguments,
        LocalImage image,
        CancellationToken cancellationToken
    )
    {
        if (arguments.DigestFile is { } digest)
        {
            await File.WriteAllTextAsync(
                    Path.GetFullPath(digest, host.WorkingDirectory),
                    image.Digest.ToString(),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        if (arguments.MetadataFile is { } metadata)
        {
            var names = JsonEncodedText.Encode(string.Join(',', arguments.Names));
            await File.WriteAllTextAsync(
                    Path.GetFullPath(metadata, host.WorkingDirectory),
                    $"{{ \"containerimage.digest\": \"{image.Digest}\", \"image.name\": \"{names}\" }}\n",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    private async Task<int> PushAsync(string name, string? configuration, CancellationToken cancellationToken)
    {
        var image = await GetAsync(name, cancellationToken).ConfigureAwait(false);
        var reference = ImageReference.Parse(name);
        using var http = HttpConnections.Create(ProxyResolver.Read(host.Variable, HttpClient.DefaultProxy));
        var schedule = new RetrySchedule(host.Time, host.Random);
        var address = RegistryAddress.Of(reference.Host);
        var transport = new RegistryTransport(address, http, Logins(configuration).Saved, schedule);
        using var registry = new DistributionRegistry(transport);
        var manifest =
            await image.Layout.FindManifestContentAsync(image.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException($"Could not push {name}", "its files are gone", "Build it again.");
        var tag = reference.Tag ?? Tag.Parse("latest");
        var request = new CopyRequest(image.Layout, manifest, registry.Open(reference.Repository))
        {
            Tag = tag,
            // Images with the same identity have the same inputs: the first one pushed wins.
            Rule = tag.Name.StartsWith(Fingerprint.SourceTagPrefix, StringComparison.Ordinal)
                ? TagRule.Adopt
                : TagRule.Move,
        };
        var copied = await new CopyProgressScreen(terminal)
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

    /// <summary>
    /// Gets an image that this program built; one that another program built is exported from the engine.
    /// </summary>
    private async Task<LocalImage> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (Images.Find(name) is { } known)
        {
            return known;
        }

        var engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        return await new EngineImages(engine, Images).TakeAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> PassOnAsync(
        IReadOnlyList<string> args,
        string? configuration,
        CancellationToken cancellationToken
    )
    {
        var engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        using var logins = await Logins(configuration).HandOverAsync(engine, cancellationToken).ConfigureAwait(false);
        var call = new ProgramCall(engine.Program, args)
        {
            WorkingDirectory = host.WorkingDirectory,
            Environment = logins.Variables,
        };
        return await AttachedProgram.RunAsync(call, output: null, cancellationToken).ConfigureAwait(false);
    }

    private DockerLogins Logins(string? configuration) => new(host, folders, configuration);

    private Task<Engine> EngineAsync(CancellationToken cancellationToken) =>
        EngineChoice.ChooseAsync([("LADING_ENGINE", host.Variable("LADING_ENGINE"))], cancellationToken);
}
