using Amazon.CDK;
using Lading.Cdk.Synthesis;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Processes;

namespace Lading.Cdk.Assets;

/// <summary>Determines the image and the repository of each image asset of a stack.</summary>
internal sealed class AssetImages(Stack stack, LadingSynthesizerProps props)
{
    private const int TagDigits = 40;
    private const string PlaceholderRepository = PlaceholderImage.Host;

    private static readonly Digest FixedDigest = Digest.Parse("sha256:" + new string('0', 64));

    private readonly AppImages app = AppImages.Of(stack.Node.Root);
    private readonly Lazy<IReadOnlyDictionary<string, LockedImage>> published = new(() => FindPublished(stack));

    /// <summary>The settings of CDK's own synthesizer, with the app's own repository for images.</summary>
    public DefaultStackSynthesizerProps InnerProps()
    {
        var inner = new DefaultStackSynthesizerProps();
        if (props.Bootstrap is { } own)
        {
            StructCopy.Fill<IDefaultStackSynthesizerProps>(
                own,
                inner,
                name =>
                    !name.StartsWith("ImageAsset", StringComparison.Ordinal) && name != nameof(inner.DockerTagPrefix)
            );
        }

        inner.ImageAssetsRepositoryName = Repository();
        // CDK has a default for every unset role; an empty role means none.
        inner.ImageAssetPublishingRoleArn = props.PublishingRoleArn ?? "";
        inner.DockerTagPrefix = Fingerprint.SourceTagPrefix;
        return inner;
    }

    /// <summary>Identifies an asset.</summary>
    public IdentifiedAsset Identify(IDockerImageAssetSource asset)
    {
        if (asset.DirectoryName is not { } directory)
        {
            // A command creates the image: only CDK's own hash is known.
            return new IdentifiedAsset(null, asset);
        }

        try
        {
            return Identify(asset, directory);
        }
        catch (LadingException exception)
        {
            // Like every error at synthesis: CDK deploys no stack with errors.
            Annotations.Of(stack).AddError(exception.Message);
            return new IdentifiedAsset(LocationOf(PlaceholderRepository, FixedDigest), asset);
        }
    }

    private IdentifiedAsset Identify(IDockerImageAssetSource asset, string directory)
    {
        var platform = asset.Platform ?? Platform.LinuxAmd64.ToString();
        if (app.HasFixedDigests(stack))
        {
            return new IdentifiedAsset(LocationOf(Repository(), FixedDigest), asset);
        }

        // Relative to the assembly of the stack's own stage, which is inside the app's; the latter has the path on CDK's command line
        // (default 'cdk.out'), relative to this process's folder.
        var assembly = Path.GetFullPath((Stage.Of(stack) ?? (Stage)stack.Node.Root).Outdir);
        var folder = Path.GetFullPath(directory, assembly);
        var fingerprint = UnknownProperties.Mixed(FingerprintOf(folder, asset, platform), asset, folder).Hex;
        return new IdentifiedAsset(
            published.Value.GetValueOrDefault(fingerprint) is { } image
                ? LocationOf(image.Repository, image.Digest)
                : null,
            Named(asset, fingerprint[..TagDigits], platform)
        );
    }

    private string Repository()
    {
        try
        {
            return props.Repository
                ?? (app.Project is { } project ? $"{project.Configuration.Project}/assets" : null)
                ?? throw LadingException.Usage(
                    $"Could not find a repository for the image assets of stack {stack.Node.Path}",
                    "none is given, and there is no lading.json with a project to name one after",
                    "Give LadingSynthesizer a Repository, or run 'lading init'."
                );
        }
        catch (LadingException exception)
        {
            Annotations.Of(stack).AddError(exception.Message);
            return PlaceholderRepository;
        }
    }

    private Fingerprint FingerprintOf(string folder, IDockerImageAssetSource asset, string platform)
    {
        var project = app.Project?.Path ?? app.Surroundings.Folder;
        var scratch = TemporaryFolder.Create("asset");
        try
        {
            // CDK's methods are synchronous, and nothing here returns to its thread.
#pragma warning disable VSTHRD002
            return FolderIdentity
                .ReadAsync(
                    folder,
                    DefinitionOf(asset, platform),
                    Pins(project),
                    project,
                    scratch.FullName,
                    CancellationToken.None
                )
                .GetAwaiter()
                .GetResult();
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static BasePins Pins(string project) =>
        BasePinsFile.ReadAsync(project, "lading.bases.json", CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private static BuiltImage DefinitionOf(IDockerImageAssetSource asset, string platform) =>
        new()
        {
            Name = "asset",
            Repository = RepositoryName.Parse("asset"),
            Context = ".",
            Dockerfile = asset.DockerFile ?? "Dockerfile",
            Target = asset.DockerBuildTarget,
            Args = new SortedDictionary<string, string>(
                asset.DockerBuildArgs ?? new Dictionary<string, string>(StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
            Secrets = new SortedDictionary<string, BuildSecret>(
                (asset.DockerBuildSecrets ?? new Dictionary<string, string>(StringComparer.Ordinal)).ToDictionary(
                    pair => pair.Key,
                    _ => new BuildSecret(null, null),
                    StringComparer.Ordinal
                ),
                StringComparer.Ordinal
            ),
            Ssh = asset.DockerBuildSsh is { } ssh ? [ssh] : [],
            Platforms = [Platform.Parse(platform)],
        };

    private static DockerImageAssetSource Named(IDockerImageAssetSource asset, string identity, string platform)
    {
        var named = new DockerImageAssetSource { SourceHash = identity, Platform = platform };
        StructCopy.Fill(asset, named, name => name is not (nameof(named.SourceHash) or nameof(named.Platform)));
        return named;
    }

    private DockerImageAssetLocation LocationOf(string repository, Digest digest) =>
        new()
        {
            RepositoryName = repository,
            ImageUri = $"{stack.Account}.dkr.ecr.{stack.Region}.{stack.UrlSuffix}/{repository}@{digest}",
        };

    /// <summary>
    /// The images of the stack's lock by fingerprint, if they are in the stack's own account: an asset's task cannot pull from another.
    /// </summary>
    private static IReadOnlyDictionary<string, LockedImage> FindPublished(Stack stack)
    {
        var app = AppImages.Of(stack.Node.Root);
        if (app.Project is null)
        {
            return new Dictionary<string, LockedImage>(StringComparer.Ordinal);
        }

        try
        {
            var found = StackLock.Find(stack, EnvironmentQuestion.Of(stack, app), app);
            return (IsOwn(found.Environment, stack) ? found.Content?.Images.Values ?? [] : [])
                .DistinctBy(image => image.Fingerprint)
                .ToDictionary(image => image.Fingerprint, StringComparer.Ordinal);
        }
        catch (LadingException)
        {
            // The lock is ambiguous: the asset is looked up, and built, under its own tag.
            return new Dictionary<string, LockedImage>(StringComparer.Ordinal);
        }
    }

    /// <summary>
    /// Whether an environment's images are in the same registry as the stack's assets: the user may have named an environment in
    /// another account or region.
    /// </summary>
    private static bool IsOwn(EnvironmentDefinition? environment, Stack stack) =>
        environment is not { IsEmbedded: false }
        || (environment.Registry is null && StackIdentity.EnvironmentOf(stack).Fits(environment));
}
