using Lading.Assembly;
using Lading.Configuration;
using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Engines;
using Lading.Fingerprints;
using Lading.Layout;
using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>Builds images from Dockerfiles with a container engine, one image and platform at a time.</summary>
/// <param name="workspace">The project, whose folder is the base of secret files, and a folder for contexts and
/// layouts.</param>
/// <param name="sources">The images' inputs.</param>
/// <param name="engine">The engine; null if the registry has every platform.</param>
/// <param name="cache">The engine's build cache; null for none.</param>
/// <param name="target">The target registry, where other machines may have published some platforms.</param>
/// <param name="current">The current digests of unpinned bases.</param>
internal sealed class DockerfileBuilder(
    Workspace workspace,
    ProjectSnapshot sources,
    Engine? engine,
    BuildCache? cache,
    IImageRegistry target,
    Task<CurrentBases> current
) : IImageProducer, IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    private string ProjectFolder => workspace.Project.Folder.Path;

    /// <summary>Builds the missing platforms of one image, and combines them with the existing ones.</summary>
    /// <exception cref="LadingException">The build failed; the message ends with the engine's last output.</exception>
    public async Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Preparing));
        var inputs = (BuiltInputs)image.Image.Inputs;
        var folder = Path.Combine(workspace.Path, image.Name);
        var built = new ImageLayout(Path.Combine(folder, "layout"));
        var combined = new MultiPlatformSource(built, target.Open(image.Repository));
        var manifests = new List<PlatformManifest>();
        var missing = new List<Platform>();
        foreach (var platform in image.Only is { } only ? [only] : inputs.Platforms)
        {
            if (await FindPartAsync(image, platform, combined, cancellationToken).ConfigureAwait(false) is { } part)
            {
                manifests.Add(part);
            }
            else
            {
                missing.Add(platform);
            }
        }

        IReadOnlyList<BaseReference>? bases = null;
        if (missing.Count > 0)
        {
            (var fresh, bases) = await BuildAsync(image, inputs, missing, built, folder, progress, cancellationToken)
                .ConfigureAwait(false);
            manifests.AddRange(fresh);
        }

        return new ProducedImage(
            combined,
            await PlatformIndex.PutAsync(manifests, combined, cancellationToken).ConfigureAwait(false)
        )
        {
            Inputs = ImageProvenance.Of(image.Image, bases),
        };
    }

    public void Dispose() => gate.Dispose();

    private static async Task<PlatformManifest?> FindPartAsync(
        PlannedImage image,
        Platform platform,
        MultiPlatformSource combined,
        CancellationToken cancellationToken
    )
    {
        if (image.Parts.FirstOrDefault(part => part.Platform == platform)?.Digest is not { } digest)
        {
            return null;
        }

        var content = await combined.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false);
        return content is null ? null : new PlatformManifest(platform, content);
    }

    private async Task<(IReadOnlyList<PlatformManifest> Manifests, IReadOnlyList<BaseReference> Bases)> BuildAsync(
        PlannedImage image,
        BuiltInputs inputs,
        IReadOnlyList<Platform> platforms,
        ImageLayout layout,
        string folder,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        if (engine is null)
        {
            throw new LadingException(
                $"Could not build image {image.Name}",
                $"the registry had {string.Join(" and ", platforms)} a moment ago, and no longer does",
                "Publish again."
            );
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var contexts = Path.Combine(ProjectFolder, OwnFiles.Folder, "contexts");
            using var reserved = ReservedFolder.Take(contexts, image.Name, folder);
            var build = await PrepareAsync(image, inputs, folder, reserved.Folder, cancellationToken)
                .ConfigureAwait(false);
            var bases = (await current.ConfigureAwait(false)).Settle(image.Name, inputs.Bases, progress);
            var pins = BuildPins.Of(bases);
            build = build with { Contexts = pins.In(build.Contexts) };
            var manifests = new List<PlatformManifest>();
            foreach (var platform in platforms)
            {
                var steps = new BuildProgress(image.Name, engine.Name, progress);
                var output = Path.Combine(folder, platform.ToString().Replace('/', '-'));
                await pins.WriteDockerfileAsync(image, inputs, platform, build.Dockerfile, cancellationToken)
                    .ConfigureAwait(false);
                var built = await engine
                    .BuildAsync(build with { Platform = platform, Output = output }, steps, cancellationToken)
                    .ConfigureAwait(false);
                var manifest = await BuildResult
                    .TakeAsync(built, platform, layout, cancellationToken)
                    .ConfigureAwait(false);
                manifests.Add(new PlatformManifest(platform, manifest));
            }

            return (manifests, bases);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<BuildRequest> PrepareAsync(
        PlannedImage image,
        BuiltInputs inputs,
        string folder,
        string place,
        CancellationToken cancellationToken
    )
    {
        var definition = (BuiltImage)image.Image.Definition;
        var files = new RepositoryFiles(sources.Repository, sources.Objects, image.Image.Root, folder);
        var context = ContextFolder.Named(place, image.SourceTag.Name);
        await files
            .WriteAsync(inputs.Folder, inputs.Files.List(), inputs.Files.Covers, context, cancellationToken)
            .ConfigureAwait(false);
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in inputs.Contexts)
        {
            var path = Path.Combine(place, "contexts", item.Name);
            await files
                .WriteAsync(item.Folder, item.Files.List(), item.Files.Covers, path, cancellationToken)
                .ConfigureAwait(false);
            named[item.Name] = path;
        }

        // Outside of the context, which has only the chosen files: so the Dockerfile's own ignore file is empty.
        Directory.CreateDirectory(folder);
        var dockerfile = Path.Combine(folder, "Dockerfile");
        await File.WriteAllBytesAsync(dockerfile + ".dockerignore", [], cancellationToken).ConfigureAwait(false);
        foreach (var (name, value) in definition.Contexts.Where(pair => !named.ContainsKey(pair.Key)))
        {
            named[name] = value;
        }

        return new BuildRequest
        {
            Image = image.Name,
            Context = context,
            Dockerfile = dockerfile,
            Target = inputs.Target,
            Args = inputs.Args,
            Secrets = definition.Secrets.ToDictionary(
                pair => pair.Key,
                pair => new SecretLocation(pair.Value.Environment, ResolvePath(pair.Value.File)),
                StringComparer.Ordinal
            ),
            Ssh = inputs.Ssh,
            Contexts = named,
            Cache = cache,
            Unreached = UnreachedLines.Of(
                DockerfileReader.Parse(inputs.Dockerfile.Span),
                inputs.Target,
                inputs.Args,
                inputs.Platforms,
                definition.Contexts
            ),
            Platform = Platform.LinuxAmd64,
            Output = "",
        };
    }

    private string? ResolvePath(string? file) =>
        file is null ? null
        : file.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), file[2..])
        : Path.GetFullPath(file, ProjectFolder);
}
