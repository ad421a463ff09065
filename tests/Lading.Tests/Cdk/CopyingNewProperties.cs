using Lading.Cdk.Assets;
using Lading.Fingerprints;

namespace Lading.Tests.Cdk;

/// <summary>The CDK library that an app runs with may be newer than the one that Lading was compiled against.</summary>
public sealed class CopyingNewProperties
{
    private static readonly Fingerprint Known = Fingerprint.Parse(new string('a', 64));

    private interface INewSource
    {
        string? DirectoryName { get; }

        string? BuildContexts { get; }
    }

    [Fact]
    public void A_property_that_a_newer_library_has_is_copied_as_well()
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
    public void What_may_change_the_image_changes_its_identity()
    {
        var plain = UnknownProperties.Mixed<INewSource>(Known, new NewSource { DirectoryName = "web" });
        var one = UnknownProperties.Mixed<INewSource>(Known, new NewSource { BuildContexts = "a=b" });
        var other = UnknownProperties.Mixed<INewSource>(Known, new NewSource { BuildContexts = "a=c" });

        Assert.Equal(Known, plain);
        Assert.NotEqual(Known, one);
        Assert.NotEqual(one, other);
    }

    private sealed record NewSource : INewSource
    {
        public string? DirectoryName { get; set; }

        public string? BuildContexts { get; set; }
    }
}
