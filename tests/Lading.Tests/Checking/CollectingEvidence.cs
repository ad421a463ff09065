using System.Text;
using Lading.Checking;
using Lading.Configuration;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Checking;

/// <summary>Evidence of images in a real layout, some of them malformed.</summary>
public sealed class CollectingEvidence : IAsyncLifetime
{
    private static readonly RepositoryName Repository = RepositoryName.Parse("shop/mirror");

    private readonly TestFolder folder = new();

    private EmbeddedRegistry Registry => new(new LayoutStore(folder.Path), TimeProvider.System);

    public async ValueTask InitializeAsync() =>
        await Registry.CreateRepositoryAsync(
            Repository,
            RepositorySettings.MutableExcept(),
            TestContext.Current.CancellationToken
        );

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_malformed_image_fails_no_other()
    {
        string[] configurations =
        [
            """{"os":"linux","architecture":"amd64"}""",
            "{}",
            """{"os":"/","architecture":["x"]}""",
            "no JSON",
        ];
        var images = new List<CheckedImage>();
        foreach (var configuration in configurations)
        {
            images.Add(await PushAsync(configuration));
        }

        var gone = images[0] with { Address = images[0].Address! with { Digest = Digest.OfBytes("gone"u8) } };
        var broken = await PushAsync("""{"os":"linux","architecture":"arm64"}""");
        Overwrite(broken.Address!.Digest!.Value, "{ not a manifest");

        var evidence = await CollectAsync([.. images, gone, broken]);

        Assert.Equal(["linux/amd64"], evidence[0].Platforms!.Select(platform => platform.ToString()));
        Assert.All(evidence[1..4], each => Assert.Equal([], each.Platforms));
        Assert.Null(evidence[4].Found);
        Assert.NotNull(evidence[5].Failure);
        Assert.All(evidence[..5], each => Assert.Null(each.Failure));
        var rules = new CheckRules(HeadImages.Of([]));
        Assert.Equal(
            [
                CheckVerdict.Ok,
                CheckVerdict.Ok,
                CheckVerdict.Ok,
                CheckVerdict.Ok,
                CheckVerdict.Missing,
                CheckVerdict.Unknown,
            ],
            images
                .Append(gone)
                .Append(broken)
                .Zip(evidence, (image, seen) => Assert.Single(rules.Of(image, seen)).Verdict)
        );
    }

    [Fact]
    public async Task A_function_gets_a_manifest_instead_of_the_index()
    {
        var amd64 = await PushAsync("""{"os":"linux","architecture":"amd64"}""");
        var attestation = await PushAsync("{}");
        var index = await PushAsync(
            ManifestContent.Of(
                new ManifestDocument
                {
                    SchemaVersion = 2,
                    MediaType = MediaTypes.OciIndex,
                    Manifests =
                    [
                        Child(amd64, Platform.LinuxAmd64),
                        Child(attestation, new Platform("unknown", "unknown")),
                    ],
                }
            )
        );
        var function = index with { Requirements = ImageRequirements.Of("AWS::Lambda::Function") };

        var evidence = await CollectAsync([function, amd64 with { Requirements = function.Requirements }]);
        var rules = new CheckRules(HeadImages.Of([]));

        var refused = Assert.Single(rules.Of(function, evidence[0]));
        Assert.Equal(CheckVerdict.Refused, refused.Verdict);
        Assert.Contains($"name its manifest {amd64.Address!.Digest}", refused.Reason, StringComparison.Ordinal);
        Assert.True(Assert.Single(rules.Of(amd64, evidence[1])).Holds);
    }

    private async Task<ImageEvidence[]> CollectAsync(IReadOnlyList<CheckedImage> images) =>
        [
            .. await new EvidenceCollector(
                new LadingConfiguration
                {
                    Project = "shop",
                    Images = new Dictionary<string, ImageDefinition>(),
                    Environments = new Dictionary<string, EnvironmentDefinition>(),
                },
                new RegistriesByHost((_, _) => Task.FromResult<IImageRegistry>(Registry))
            ).CollectAsync(images, TestContext.Current.CancellationToken),
        ];

    private async Task<CheckedImage> PushAsync(string configuration)
    {
        var bytes = Encoding.UTF8.GetBytes(configuration);
        var config = new Descriptor
        {
            MediaType = MediaTypes.OciConfig,
            Digest = Digest.OfBytes(bytes),
            Size = bytes.Length,
        };
        await Layout.PutBlobAsync(
            new ReadableBlob(config, _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))),
            null,
            TestContext.Current.CancellationToken
        );
        return await PushAsync(
            ManifestContent.Of(
                new ManifestDocument
                {
                    SchemaVersion = 2,
                    MediaType = MediaTypes.OciManifest,
                    Config = config,
                    Layers = [],
                }
            )
        );
    }

    private async Task<CheckedImage> PushAsync(ManifestContent manifest)
    {
        await Layout.PutManifestAsync(manifest, null, TestContext.Current.CancellationToken);
        return new CheckedImage
        {
            Name = "mirror",
            Reference = $"shop/mirror@{manifest.Digest}",
            RunsOn = Platform.LinuxAmd64,
            Address = new ImageAddress(
                new EnvironmentDefinition { Name = "local", Registry = "embedded" },
                Repository,
                Tag: null,
                manifest.Digest,
                Host: null
            ),
        };
    }

    private IImageRepository Layout => Registry.Open(Repository);

    private void Overwrite(Digest digest, string text) => File.WriteAllText(FileOf(digest), text);

    private string FileOf(Digest digest) =>
        Directory.GetFiles(folder.Path, digest.ToString().Split(':')[1], SearchOption.AllDirectories)[0];

    private Descriptor Child(CheckedImage image, Platform platform) =>
        new()
        {
            MediaType = MediaTypes.OciManifest,
            Digest = image.Address!.Digest!.Value,
            Size = new FileInfo(FileOf(image.Address!.Digest!.Value)).Length,
            Platform = platform,
        };
}
