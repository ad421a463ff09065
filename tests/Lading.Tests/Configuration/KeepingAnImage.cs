using System.Text;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Configuration;

/// <summary><c>lading keep</c> changes one entry of <c>lading.json</c>.</summary>
public sealed class KeepingAnImage
{
    private const string Hex = "9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7";
    private const string Image = "p/web@sha256:" + Hex;
    private const string Entry =
        "{ \"image\": \"" + Image + "\", \"until\": \"2027-03-31\", \"reason\": \"Audit – ä\" }";
    private const string Other =
        "{ \"image\": \"p/web@sha256:aae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7\", \"until\": \"2027-01-31\", \"reason\": \"x\" }";

    private static readonly RepositoryName Repository = RepositoryName.Parse("p/web");
    private static readonly Digest Digest = Digest.Parse("sha256:" + Hex);
    private static readonly KeptImage Kept = new(Repository, Digest, new DateOnly(2027, 3, 31), "Audit – ä");

    /// <summary>
    /// A file, and the same with the image kept; <c>ENTRY</c> is the image, <c>OTHER</c> another one.
    /// </summary>
    [Theory]
    [InlineData(
        """{ "project": "p", "images": {} }""",
        """{ "project": "p", "images": {}, "retention": { "keep": [ENTRY] } }"""
    )]
    [InlineData(
        "{\n  // a\n  \"project\": \"p\",\n  \"images\": {} // b\n}\n",
        "{\n  // a\n  \"project\": \"p\",\n  \"images\": {}, // b\n  \"retention\": { \"keep\": [ENTRY] }\n}\n"
    )]
    [InlineData(
        "{\n  \"project\": \"p\", \"images\": {},\n  \"retention\": {\n    \"days\": 3, // b\n  },\n}\n",
        "{\n  \"project\": \"p\", \"images\": {},\n  \"retention\": {\n    \"days\": 3, // b\n    \"keep\": [ENTRY],\n  },\n}\n"
    )]
    [InlineData(
        """{ "project": "p", "images": {}, "retention": { "keep": [OTHER] } }""",
        """{ "project": "p", "images": {}, "retention": { "keep": [OTHER, ENTRY] } }"""
    )]
    [InlineData(
        "{ \"project\": \"p\", \"images\": {}, \"retention\": { \"keep\": [\r\n    OTHER, // b\r\n  ] } }",
        "{ \"project\": \"p\", \"images\": {}, \"retention\": { \"keep\": [\r\n    OTHER, // b\r\n    ENTRY,\r\n  ] } }"
    )]
    public void Everything_else_stays_as_its_author_wrote_it(string before, string after)
    {
        (before, after) = (Filled(before), Filled(after));

        Assert.Equal(after, Set(before, Kept));
        Assert.Equal(before, Set(after, null));
        Assert.Equal(after, Set(after, Kept));
        Assert.Equal(before, Set(before, null));
        Assert.Contains(Kept, Read(after).Retention.Keep);
    }

    [Fact]
    public void A_new_day_and_reason_replace_the_existing_ones()
    {
        var before = Filled("""{ "project": "p", "images": {}, "retention": { "keep": [OTHER, ENTRY /* a */] } }""");
        var longer = Kept with { Until = new DateOnly(2028, 1, 1), Reason = "Still" };

        var after = Set(before, longer);

        Assert.Equal(
            before
                .Replace("2027-03-31", "2028-01-01", StringComparison.Ordinal)
                .Replace("Audit – ä", "Still", StringComparison.Ordinal),
            after
        );
    }

    [Fact]
    public void An_image_may_be_given_by_its_name_or_by_its_repository()
    {
        var text = """{ "project": "p", "images": { "web": { "from": "a" } }, "retention": { "keep": [ENTRY] } }""";
        var before = Filled(text).Replace("p/web@", "web@", StringComparison.Ordinal);

        Assert.Equal([Kept], Read(before).Retention.Keep);
        Assert.Equal(before, Set(before, Kept));
        Assert.Equal("""{ "project": "p", "images": { "web": { "from": "a" } } }""", Set(before, null));
    }

    [Fact]
    public void An_empty_list_is_filled()
    {
        var before = """{ "project": "p", "images": {}, "retention": { "days": 3, "keep": [] } }""";

        Assert.Equal(before.Replace("[]", $"[{Entry}]", StringComparison.Ordinal), Set(before, Kept));
    }

    private static string Filled(string text) =>
        text.Replace("ENTRY", Entry, StringComparison.Ordinal).Replace("OTHER", Other, StringComparison.Ordinal);

    private static LadingConfiguration Read(string json) =>
        ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json");

    private static string Set(string json, KeptImage? kept) =>
        Encoding.UTF8.GetString(
            KeepEdit.Set(Encoding.UTF8.GetBytes(json), "lading.json", Image, kept, Repository, Digest).Span
        );
}
