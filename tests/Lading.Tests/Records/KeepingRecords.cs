using System.Text.Json;
using Lading.Records;
using Lading.Tests.Configuration;

namespace Lading.Tests.Records;

public sealed class KeepingRecords
{
    private static readonly SchemaValidator Schema = SchemaValidator.Of("record");

    private static readonly string Zeros = new('0', 64);

    [Fact]
    public void A_record_is_one_line_sorted_and_always_the_same()
    {
        var record = Of(("worker", ["B/worker"]), ("web", ["Z/web", "A/web"]));

        var text = Assert.Single(RecordWriter.Write(record));

        Assert.Equal(
            $$$$"""{"recordVersion":1,"environment":"dev","images":{"web":{"image":"storefront/web@sha256:{{{{Zeros}}}}","usedBy":["A/web","Z/web"]},"worker":{"image":"storefront/worker@sha256:{{{{Zeros}}}}","usedBy":["B/worker"]}}}""",
            text
        );
    }

    [Fact]
    public void An_unknown_environment_is_omitted() =>
        Assert.StartsWith(
            """{"recordVersion":1,"images":""",
            RecordWriter.Write(Of(("web", [])) with { Environment = null })[0],
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(25, 1)]
    [InlineData(26, 400)]
    [InlineData(300, 3)]
    [InlineData(1, 400)]
    public void A_record_of_any_size_is_read_back(int images, int uses)
    {
        var record = Of([
            .. Enumerable
                .Range(0, images)
                .Select(i =>
                    (
                        $"image-{i:000}",
                        Enumerable.Range(0, uses).Select(use => $"Task{i}A1B2C3D4/container-{use:000}").ToArray()
                    )
                ),
        ]);

        var parts = RecordWriter.Write(record);
        var back = RecordReader.Read(parts, "/lading/Storefront");

        Assert.All(parts, part => Assert.InRange(part.Length, 1, 4096));
        Assert.All(parts, part => Assert.True(IsValid(part), part));
        Assert.Equal(parts.Count, RecordReader.PartsOf(parts[0], "/lading/Storefront"));
        Assert.Equal("dev", back.Environment);
        Assert.Equal(record.Images.Keys.Order(StringComparer.Ordinal), back.Images.Keys);
        Assert.All(
            back.Images,
            pair =>
            {
                Assert.Equal(record.Images[pair.Key].Reference, pair.Value.Reference);
                Assert.Equal(record.Images[pair.Key].UsedBy, pair.Value.UsedBy);
            }
        );
    }

    [Fact]
    public void Twenty_five_images_with_a_container_each_are_in_one_part() =>
        Assert.Single(
            RecordWriter.Write(
                Of([.. Enumerable.Range(0, 25).Select(i => ($"image-{i:00}", new[] { $"Task{i:00}A1B2C3D4/web" }))])
            )
        );

    [Fact]
    public void Parts_of_two_deployments_are_not_mixed()
    {
        var one = RecordWriter.Write(Many(60, "web"));
        var other = RecordWriter.Write(Many(60, "job"));
        Assert.Equal(3, one.Count);

        var mixed = Assert.Throws<LadingException>(() =>
            RecordReader.Read([one[0], other[1], one[2]], "/lading/Storefront")
        );
        var half = Assert.Throws<LadingException>(() => RecordReader.Read([one[0]], "/lading/Storefront"));

        Assert.Contains("belong to different deployments", mixed.Message, StringComparison.Ordinal);
        Assert.Contains("belong to different deployments", half.Message, StringComparison.Ordinal);

        static StackRecord Many(int count, string container) =>
            Of([.. Enumerable.Range(0, count).Select(i => ($"image-{i:00}", new[] { $"Task/{container}" }))]);
    }

    [Theory]
    [InlineData("""{"recordVersion":1,"images":{"web":{"image":"storefront/web","usedBy":[]}}}""")]
    [InlineData("""{"recordVersion":1,"images":{"web":{"image":"storefront/web:latest"}}}""")]
    [InlineData("""{"recordVersion":1,"part":1,"images":{}}""")]
    public void The_schema_refuses_what_is_not_a_record(string text) => Assert.False(IsValid(text));

    [Theory]
    [InlineData("""{"recordVersion":2}""", "version 2")]
    [InlineData("""{"images":{}}""", "not what Lading writes")]
    [InlineData("""{"recordVersion":1,"images":{"web":"x"}}""", "not what Lading writes")]
    [InlineData("[]", "not what Lading writes")]
    [InlineData("hello", "not what Lading writes")]
    public void Reports_a_value_that_is_not_a_record(string text, string expected)
    {
        var failure = Assert.Throws<LadingException>(() => RecordReader.Read([text], "/lading/Storefront"));

        Assert.Contains("/lading/Storefront", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    private static bool IsValid(string text)
    {
        using var json = JsonDocument.Parse(text);
        return Schema.IsValid(json.RootElement);
    }

    private static StackRecord Of(params (string Name, string[] UsedBy)[] images) =>
        new(
            "dev",
            images.ToDictionary(
                image => image.Name,
                image => new RecordedImage($"storefront/{image.Name}@sha256:{Zeros}", image.UsedBy)
            )
        );
}
