using Lading.Cdk.Assets;
using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Cdk;

/// <summary>The CDK library that an app runs with may be newer than the one that Lading was compiled against.</summary>
[Collection(JsiiCollection.Name)]
public sealed class CopyingNewProperties
{
    private static readonly Fingerprint Known = Fingerprint.Parse(new string('a', 64));

    private interface INewSource
    {
        string? DirectoryName { get; }

        string? BuildContexts { get; }

        IDictionary<string, string>? DockerBuildContexts { get; }
    }

    [Fact]
    public void A_property_of_a_newer_library_is_copied_too()
    {
        var target = new NewSource();

        StructCopy.Fill<INewSource>(
            new NewSource { DirectoryName = "web", BuildContexts = "shared=../shared" },
            target,
            name => name != "DirectoryName"
        );

        Assert.Equal(new NewSource { BuildContexts = "shared=../shared" }, target);
    }

    [Fact]
    public void One_that_cannot_be_copied_is_an_error() =>
        Assert.Contains(
            "Could not hand BuildContexts of INewSource on to CDK",
            Assert
                .Throws<LadingException>(() =>
                    StructCopy.Fill<INewSource>(new NewSource { BuildContexts = "x" }, new object(), _ => true)
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_property_that_may_change_the_image_changes_its_identity()
    {
        var plain = UnknownProperties.Mixed<INewSource>(Known, new NewSource { DirectoryName = "web" }, "/");
        var one = UnknownProperties.Mixed<INewSource>(Known, new NewSource { BuildContexts = "a=b" }, "/");
        var other = UnknownProperties.Mixed<INewSource>(Known, new NewSource { BuildContexts = "a=c" }, "/");

        Assert.Equal(Known, plain);
        Assert.NotEqual(Known, one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void The_identity_is_the_same_in_every_language() =>
        Assert.Equal(
            Fingerprint.Of(
                System.Security.Cryptography.SHA256.HashData(
                    System.Text.Encoding.UTF8.GetBytes($"{Known.Hex}\nBuildContexts=\"<é>\"")
                )
            ),
            UnknownProperties.Mixed<INewSource>(Known, new NewSource { BuildContexts = "<é>" }, "/")
        );

    [Fact]
    public void A_build_context_that_is_a_folder_counts_with_its_files()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Combine("shared"));
        File.WriteAllText(folder.Combine("shared/page"), "one");
        var asset = new NewSource
        {
            DockerBuildContexts = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["shared"] = "../shared",
                ["base"] = "docker-image://busybox",
            },
        };
        var before = Mixed();
        File.WriteAllText(folder.Combine("shared/page"), "two");

        Assert.NotEqual(Known, before);
        Assert.NotEqual(before, Mixed());

        Fingerprint Mixed() => UnknownProperties.Mixed<INewSource>(Known, asset, folder.Combine("web"));
    }

    private sealed record NewSource : INewSource
    {
        public string? DirectoryName { get; set; }

        public string? BuildContexts { get; set; }

        public IDictionary<string, string>? DockerBuildContexts { get; set; }
    }
}
