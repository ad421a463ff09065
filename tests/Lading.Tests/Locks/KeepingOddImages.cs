using System.Text;
using System.Text.Json;
using Lading.Locks;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Tests.Locks;

/// <summary>
/// Whatever an image says about its platform: what a publish writes into a lock is what every reader reads from it.
/// </summary>
public sealed class KeepingOddImages
{
    private static readonly string[] Systems =
    [
        "",
        "\"os\":null,",
        "\"os\":\"\",",
        "\"os\":\"linux\",",
        "\"os\":\"Linux\",",
        "\"os\":\"unknown\",",
        "\"os\":\"windows\",\"os.version\":\"10.0.20348.2700\",\"os.features\":[\"win32k\"],",
        "\"os\":\"li/nux\",",
        "\"os\":\"/\",",
        "\"os\":\" linux \",",
        "\"os\":\"日本\",",
        "\"os\":5,",
        "\"os\":[],",
        "\"os\":{\"os\":\"linux\"},",
        "\"os\":\"linux\",\"os\":\"darwin\",",
    ];

    private static readonly string[] Architectures =
    [
        "",
        "\"architecture\":null,",
        "\"architecture\":\"\",",
        "\"architecture\":\"amd64\",",
        "\"architecture\":\"x86_64\",",
        "\"architecture\":\"arm64\",",
        "\"architecture\":\"arm\",",
        "\"architecture\":\"AMD64\",",
        "\"architecture\":\"arm64/v8\",",
        "\"architecture\":\"unknown\",",
        "\"architecture\":[\"amd64\"],",
        "\"architecture\":true,",
    ];

    private static readonly string[] Variants =
    [
        "",
        "\"variant\":null,",
        "\"variant\":\"\",",
        "\"variant\":\"v7\",",
        "\"variant\":\"v8\",",
        "\"variant\":\"v8.1\",",
        "\"variant\":\"V7\",",
        "\"variant\":\"/\",",
        "\"variant\":8,",
    ];

    private static IEnumerable<string> Platforms =>
        from system in Systems
        from architecture in Architectures
        from variant in Variants
        select $"{{{system}{architecture}{variant}\"created\":7}}";

    [Fact]
    public void A_configuration_of_any_form_is_read_and_written()
    {
        foreach (var configuration in Platforms)
        {
            var platforms = ImagePlatforms.OfConfiguration(Encoding.UTF8.GetBytes(configuration));

            AssertKept(ALock.Image('a') with { Platforms = platforms }, configuration);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"linux/amd64\"")]
    [InlineData("{\"os\":")]
    [InlineData("not JSON, as the configuration of an artifact may be")]
    public void An_invalid_configuration_names_no_platform(string configuration)
    {
        var platforms = ImagePlatforms.OfConfiguration(Encoding.UTF8.GetBytes(configuration));

        Assert.Empty(platforms);
        AssertKept(ALock.Image('a') with { Platforms = platforms }, configuration);
    }

    [Fact]
    public void An_index_of_children_of_any_form_is_read_and_written()
    {
        string[] others = ["", ",\"platform\":null", ",\"platform\":\"linux/amd64\"", ",\"platform\":[]"];
        var children = Platforms
            .Select(platform => $",\"platform\":{platform}")
            .Concat(others)
            .Select(
                (platform, number) =>
                    $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"sha256:{{number:x64}}","size":1{{platform}}}"""
            )
            .ToList();

        foreach (var index in children.Chunk(7).Append([.. children]).Append([]))
        {
            var json =
                $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', index)}}]}""";
            var read = ImagePlatforms.OfIndex(ManifestContent.Parse(Encoding.UTF8.GetBytes(json)).Children);

            AssertKept(ALock.Image('a') with { Platforms = read.Platforms, Manifests = read.Manifests }, json);
        }
    }

    private static void AssertKept(LockedImage image, string of)
    {
        var bytes = LockWriter.Format(ALock.Of(("odd", image)));
        LockedImage kept;
        try
        {
            kept = LockReader.Parse(bytes, "lock").Images["odd"];
        }
        catch (LadingException exception)
        {
            throw new InvalidOperationException(
                $"{of} gives a lock that cannot be read: {exception.Message}",
                exception
            );
        }

        Assert.Equal(image.Platforms, kept.Platforms);
        Assert.Equal(image.Manifests, kept.Manifests);
        Assert.Equal(bytes, LockWriter.Format(ALock.Of(("odd", kept))));
        using var document = JsonDocument.Parse(bytes);
        Assert.DoesNotContain("\"/\"", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
