using System.Text;
using System.Text.Json;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

public sealed class ValidatingWithTheSchema : IDisposable
{
    private static readonly JsonElement Schema = SchemaValidator.Parse(ConfigurationSchema.GetBytes());

    private readonly string folder = Directory.CreateTempSubdirectory("lading-schema-").FullName;

    public static TheoryData<string> Accepted => [.. AcceptedDocuments.All];

    public static TheoryData<string, bool> Refused =>
        new(RefusedDocuments.All.Select(document => (document.Json, document.SchemaTells)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_schema_allows_what_the_reader_reads(string json)
    {
        Assert.NotNull(ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json"));
        Assert.True(IsValid(json));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_schema_refuses_what_the_reader_refuses_if_it_can_tell(string json, bool schemaTells)
    {
        Assert.Throws<LadingException>(() => ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json"));
        Assert.Equal(!schemaTells, IsValid(json));
    }

    [Theory]
    [InlineData("", """{ "no-such-key": 1, "project": "p", "images": {} }""")]
    [InlineData("builtImage", """{ "project": "p", "images": { "a": { "no-such-key": 1, "context": "." } } }""")]
    [InlineData("foreignImage", """{ "project": "p", "images": { "a": { "no-such-key": 1, "from": "b" } } }""")]
    [InlineData(
        "assembledImage",
        """{ "project": "p", "images": { "a": { "no-such-key": 1, "assemble": { "base": "b" } } } }"""
    )]
    [InlineData(
        "assembly",
        """{ "project": "p", "images": { "a": { "assemble": { "base": "b", "no-such-key": 1 } } } }"""
    )]
    [InlineData("hold", """{ "project": "p", "images": { "a": { "from": "b", "hold": { "no-such-key": 1 } } } }""")]
    [InlineData(
        "secret",
        """{ "project": "p", "images": { "a": { "context": "b", "secrets": { "c": { "no-such-key": 1 } } } } }"""
    )]
    [InlineData("environment", """{ "project": "p", "images": {}, "environments": { "a": { "no-such-key": 1 } } }""")]
    public void Both_know_the_same_keys(string definition, string json)
    {
        var schema = definition.Length == 0 ? Schema : Schema.GetProperty("definitions").GetProperty(definition);
        var inSchema = schema.GetProperty("properties").EnumerateObject().Select(key => key.Name);

        var message = Assert
            .Throws<LadingException>(() => ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json"))
            .Message.Split('\n')
            .Single(line => line.Contains("no-such-key is not a key", StringComparison.Ordinal));
        var valid = message[(message.IndexOf("Valid: ", StringComparison.Ordinal) + 7)..].TrimEnd('.').Split(", ");

        Assert.Equal(inSchema.Order(StringComparer.Ordinal), valid);
        Assert.False(IsValid(json));
    }

    [Fact]
    public async Task An_editor_finds_the_schema_on_disk()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.GetFullPath(ConfigurationSchema.Reference, folder);

        await ConfigurationSchema.ProvideAsync(folder, token);
        var written = File.GetLastWriteTimeUtc(path);
        await ConfigurationSchema.ProvideAsync(folder, token);

        Assert.Equal(ConfigurationSchema.GetBytes(), await File.ReadAllBytesAsync(path, token));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    private static bool IsValid(string json) =>
        new SchemaValidator(Schema).IsValid(SchemaValidator.Parse(Encoding.UTF8.GetBytes(json)));
}
