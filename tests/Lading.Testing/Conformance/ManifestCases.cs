using System.Net;
using System.Text.Json.Nodes;
using Lading.Oci;
using Xunit;

namespace Lading.Testing.Conformance;

/// <summary>Distribution-spec 1.1, "Pushing manifests", with every kind of manifest.</summary>
internal static class ManifestCases
{
    private const string Type = "application/vnd.example.one";
    private const string Foreign = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

    private static IReadOnlyList<(string Name, Func<ManifestSet> Make)> Sets =>
        [
            ("an image", () => Of(set => set.Image(1, "image"))),
            (
                "an image with uncompressed layers",
                () => Of(set => set.Image(1, "plain", layerType: MediaTypes.OciLayer))
            ),
            (
                "an image with Docker's layers",
                () => Of(set => set.Image(1, "docker", layerType: MediaTypes.DockerLayerGzip))
            ),
            ("a manifest of nearly 4 MiB", () => Of(set => set.Image(1, "large", Pad))),
            ("an index", () => Of(set => set.Index("index", [set.Image(1, null), set.Image(2, null)]))),
            ("an index of an index", () => Of(set => set.Index("nested", [set.Index(null, [set.Image(1, null)])]))),
            ("an empty index", () => Of(set => set.Index("empty", []))),
            ("an artifact", () => Of(set => set.Artifact(1, "artifact", Type))),
            ("an index of artifacts", () => Of(IndexOfArtifacts)),
            ("an artifact without layers", () => Of(set => set.Artifact(1, "bare", Type, NoLayers))),
            ("an image without layers", () => Of(set => set.Image(1, "none", NoLayers))),
            ("an image with referrers", () => Of(WithSubject)),
            ("an index with a subject", () => Of(IndexWithSubject)),
            ("an artifact whose subject is missing", () => Of(set => set.Artifact(1, null, Type, Orphan))),
            ("an image with data in its descriptors", () => Of(set => set.Image(1, "data", Data))),
            ("an image with a layer that is not pushed", () => Of(set => set.Image(1, "foreign", NotDistributed))),
            ("an image with custom fields", () => Of(set => set.Image(1, "custom", Custom))),
            ("an image with sha512 digests", Sha512),
        ];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        .. Sets.Select(set => new ConformanceCase(
            $"{set.Name} comes back with the same bytes",
            wire => ManifestRoundTrip.ReturnAsync(wire, set.Make())
        )),
        .. Sets.Select(set => new ConformanceCase(
            $"{set.Name} is deleted, tags first",
            wire => ManifestRoundTrip.GoAsync(wire, set.Make())
        )),
        .. Sets.Where(set => set.Make().Manifests.Exists(manifest => manifest.Subject is not null))
            .Select(set => new ConformanceCase(
                $"{set.Name}: the list of referrers has it",
                wire => ManifestRoundTrip.ReferAsync(wire, set.Make())
            )),
        new("a manifest of another digest is refused", RefuseAsync),
        new("a manifest is refused if its content is missing", RefuseIncompleteAsync),
    ];

    private static ManifestSet Of(Action<ManifestSet> fill)
    {
        var set = new ManifestSet();
        fill(set);
        return set;
    }

    private static ManifestSet Sha512()
    {
        var set = new ManifestSet("sha512");
        set.Image(1, null);
        return set;
    }

    private static void IndexOfArtifacts(ManifestSet set)
    {
        var one = set.Artifact(1, null, Type);
        var two = set.Artifact(2, null, "application/vnd.example.two");
        set.Index("artifacts", [one, two], index => index["artifactType"] = "application/vnd.example.all");
    }

    private static void WithSubject(ManifestSet set)
    {
        var image = set.Image(1, "image");
        set.Artifact(2, null, Type, document => document["subject"] = image.Descriptor);
        set.Artifact(3, "tagged", "application/vnd.example.two", document => document["subject"] = image.Descriptor);
        // It has no artifact type, so its configuration's type counts.
        set.Image(4, null, document => document["subject"] = image.Descriptor);
    }

    private static void IndexWithSubject(ManifestSet set)
    {
        var image = set.Image(1, "image");
        var child = set.Artifact(2, null, Type);
        set.Index(
            "index",
            [child],
            index =>
            {
                index["artifactType"] = "application/vnd.example.all";
                index["annotations"] = new JsonObject { ["org.example"] = "yes" };
                index["subject"] = image.Descriptor;
            }
        );
    }

    private static void Orphan(JsonObject document) =>
        document["subject"] = PushedManifest.DescriptorOf(Wire.DigestOf(Wire.Noise(77)), 77, MediaTypes.OciManifest);

    private static void Pad(JsonObject document) =>
        document["annotations"] = new JsonObject
        {
            ["org.example.padding"] = new string('x', ManifestContent.MaximumSize - 4096),
        };

    private static void NoLayers(JsonObject document) => document["layers"] = new JsonArray();

    private static void Data(JsonObject document)
    {
        var config = Wire.Utf8("""{"architecture":"amd64","os":"linux","seed":1}""");
        document["config"]!["data"] = Convert.ToBase64String(config);
    }

    private static void NotDistributed(JsonObject document)
    {
        var layer = PushedManifest.DescriptorOf(Wire.DigestOf(Wire.Noise(88)), 88, Foreign);
        layer["urls"] = new JsonArray("https://example.com/layer");
        document["layers"]!.AsArray().Add(layer);
    }

    private static void Custom(JsonObject document)
    {
        document["org.example.own"] = new JsonObject { ["b"] = 1, ["a"] = "\u00fc" };
        document["config"]!["org.example.own"] = true;
    }

    private static async Task RefuseAsync(Wire wire)
    {
        var set = new ManifestSet();
        var image = set.Image(1, null);
        await ManifestRoundTrip.PushBlobsAsync(wire, set);
        var wrong = Wire.DigestOf(Wire.Noise(5));
        using var response = await wire.PutManifestAsync(wrong.ToString(), image.Bytes, image.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await wire.LacksAsync($"manifests/{wrong}");
        await wire.LacksAsync($"manifests/{image.Digest}");
    }

    private static async Task RefuseIncompleteAsync(Wire wire)
    {
        var image = new ManifestSet().Image(1, "early");
        using var response = await wire.PutManifestAsync("early", image.Bytes, image.MediaType);
        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.NotFound]);
        await wire.LacksAsync("manifests/early");
    }
}
