using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

public class HoldingAnImage
{
    private const string Commit = "4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a";
    private const string Held = $$"""{ "revision": "{{Commit}}", "reason": "Carts \"vanish\" – ä" }""";

    private static readonly Hold Hold = new(Commit, "Carts \"vanish\" – ä");

    /// <summary>An entry, and the same with the image held; <c>HOLD</c> stands for the hold.</summary>
    public static TheoryData<string, string> Entries =>
        new()
        {
            { """{ "context": "a" }""", """{ "context": "a", "hold": HOLD }""" },
            { """{"context":"a"}""", """{"context":"a", "hold": HOLD}""" },
            { """{ "context": "a", }""", """{ "context": "a", "hold": HOLD, }""" },
            { """{ "context": "a" /* b, c */ }""", """{ "context": "a", "hold": HOLD /* b, c */ }""" },
            { "{ \"context\": \"a\" // b, c\n }", "{ \"context\": \"a\", // b, c\n   \"hold\": HOLD\n }" },
            { "{\n  \"context\": \"a\"\n}", "{\n  \"context\": \"a\",\n  \"hold\": HOLD\n}" },
            { "{\r\n\t\"context\": \"a\",\r\n}", "{\r\n\t\"context\": \"a\",\r\n\t\"hold\": HOLD,\r\n}" },
            { "{\n  \"context\": \"a\" // b, c\n}", "{\n  \"context\": \"a\", // b, c\n  \"hold\": HOLD\n}" },
            {
                "{\n  // x\n  \"context\": \"a\" /* b\n c */ // d\n  // e\n}",
                "{\n  // x\n  \"context\": \"a\", /* b\n c */ // d\n  \"hold\": HOLD\n  // e\n}"
            },
            {
                "{ \"context\": \"a\",\n  \"args\": {\n    \"A\": \"b\"\n  }\n}",
                "{ \"context\": \"a\",\n  \"args\": {\n    \"A\": \"b\"\n  },\n  \"hold\": HOLD\n}"
            },
            { "{ \"context\": \"a\",\n  \"epoch\": 1 }", "{ \"context\": \"a\",\n  \"epoch\": 1, \"hold\": HOLD }" },
        };

    [Theory]
    [MemberData(nameof(Entries))]
    public void Everything_else_stays_as_its_author_wrote_it(string entry, string held)
    {
        var (before, after) = (Document(entry), Document(held.Replace("HOLD", Held, StringComparison.Ordinal)));

        Assert.Equal(after, Set(before, Hold));
        Assert.Equal(before, Set(after, null));
        Assert.Equal(after, Set(after, Hold));
        Assert.Equal(before, Set(before, null));
        Assert.Equal(Hold, ConfigurationReader.Read(Encoding.UTF8.GetBytes(after), "lading.json").Images["web"].Hold);
    }

    [Theory]
    [InlineData("""{ "hold": HOLD, "context": "a" }""", """{ "context": "a" }""")]
    [InlineData("""{"hold":HOLD,"context":"a"}""", """{"context":"a"}""")]
    [InlineData("{\n  \"hold\": HOLD,\n  \"context\": \"a\"\n}", "{\n  \"context\": \"a\"\n}")]
    [InlineData("{\n  \"hold\": HOLD, // why\n  \"context\": \"a\"\n}", "{\n  // why\n  \"context\": \"a\"\n}")]
    [InlineData(
        "{\n  \"context\": \"a\", // b\n  // c\n  \"hold\": HOLD // why\n}",
        "{\n  \"context\": \"a\" // b\n  // c\n  // why\n}"
    )]
    [InlineData("{\n  \"hold\": HOLD\n  // odd\n  , \"context\": \"a\"\n}", "{\n  // odd\n   \"context\": \"a\"\n}")]
    [InlineData("{\n  \"context\": \"a\"\n  , \"hold\": HOLD\n}", "{\n  \"context\": \"a\"\n  \n}")]
    public void A_hold_written_by_hand_is_removed_and_comments_stay(string held, string expected) =>
        Assert.Equal(Document(expected), Set(Document(held.Replace("HOLD", Held, StringComparison.Ordinal)), null));

    [Fact]
    public void Holding_at_another_revision_keeps_the_comments_in_the_hold()
    {
        var before = Document(
            $$"""{ "context": "a", "hold": { /* 1 */ "reason": "x", "revision": "{{new string('0', 40)}}" } }"""
        );
        var after = Document($$"""{ "context": "a", "hold": { /* 1 */ "reason": "y", "revision": "{{Commit}}" } }""");

        Assert.Equal(after, Set(before, new Hold(Commit, "y")));
    }

    [Fact]
    public void An_image_that_does_not_exist_is_reported() =>
        Assert.Equal(
            "Could not find image wep: lading.json has no such entry. Did you mean web? Valid: other, web.",
            Assert
                .Throws<LadingException>(() =>
                    ConfigurationEdit.SetHold(
                        Encoding.UTF8.GetBytes(Document("""{ "context": "a" }""")),
                        "lading.json",
                        "wep",
                        Hold
                    )
                )
                .Message
        );

    private static string Document(string entry) =>
        $$"""
            // "web": { "context": "hidden" }
            { "project": "p", /* , */ "images": {
              "other": { "from": "b" },
              "web": {{entry}}, } }
            """;

    private static string Set(string json, Hold? hold) =>
        Encoding.UTF8.GetString(
            ConfigurationEdit.SetHold(Encoding.UTF8.GetBytes(json), "lading.json", "web", hold).Span
        );
}
