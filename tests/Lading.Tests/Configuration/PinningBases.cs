using System.Text;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Configuration;

public sealed class PinningBases : IDisposable
{
    private static readonly Digest First = Digest.OfBytes("first"u8);
    private static readonly Digest Second = Digest.OfBytes("second"u8);

    private readonly string folder = Directory.CreateTempSubdirectory("lading-bases-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_file_is_sorted_and_reads_back()
    {
        var pins = new BasePins(
            new Dictionary<string, BasePin>
            {
                ["node:22"] = new(Second, OnBuild: null),
                ["docker.io/library/busybox:1.36"] = new(First, OnBuild: false),
            }
        );

        var bytes = BasePinsWriter.Format(pins);

        Assert.Equal(
            $$"""
            {
              "basesVersion": 1,
              "bases": {
                "docker.io/library/busybox:1.36": {
                  "digest": "{{First}}",
                  "onBuild": false
                },
                "node:22": {
                  "digest": "{{Second}}"
                }
              }
            }

            """,
            Encoding.UTF8.GetString(bytes)
        );
        var read = BasePinsReader.Read(bytes, "lading.bases.json");
        Assert.Equal(new BasePin(First, OnBuild: false), read.Find("docker.io/library/busybox:1.36"));
        Assert.Equal(new BasePin(Second, OnBuild: null), read.Find("node:22"));
        Assert.Null(read.Find("busybox:1.36"));
        Assert.Equal(bytes, BasePinsWriter.Format(read));
    }

    [Fact]
    public void Variables_of_a_base_make_version_2_and_read_back()
    {
        var env = new SortedDictionary<string, string?> { ["B"] = null, ["A"] = "a \"quoted\" ä" };
        var pins = new BasePins(
            new Dictionary<string, BasePin>
            {
                ["a"] = new(First, OnBuild: false, env),
                ["b"] = new(First, OnBuild: null),
            }
        );

        var bytes = BasePinsWriter.Format(pins);

        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("\"basesVersion\": 2", text, StringComparison.Ordinal);
        Assert.Contains("\"B\": null", text, StringComparison.Ordinal);
        Assert.Equal(pins.Pins, BasePinsReader.Read(bytes, "lading.bases.json").Pins);
    }

    [Fact]
    public void A_file_of_version_1_with_comments_becomes_one_of_version_2_and_keeps_them()
    {
        var json = $$"""
            // What we build on.
            { "basesVersion": 1, "bases": { "a": { "digest": "{{First}}", "onBuild": false } } }
            """;
        foreach (
            var env in new IReadOnlyDictionary<string, string?>[]
            {
                new SortedDictionary<string, string?> { ["A"] = "1", ["B"] = null },
                new SortedDictionary<string, string?>(),
            }
        )
        {
            var pins = new BasePins(
                new Dictionary<string, BasePin>
                {
                    ["a"] = new(First, OnBuild: false, env),
                    ["c"] = new(Second, OnBuild: true, env),
                }
            );

            var changed = BasePinsEdit.Change(Encoding.UTF8.GetBytes(json), "lading.bases.json", pins);

            Assert.StartsWith(
                "// What we build on.\n{ \"basesVersion\": 2,",
                Encoding.UTF8.GetString(changed.Span),
                StringComparison.Ordinal
            );
            Assert.Equal(pins.Pins, BasePinsReader.Read(changed, "lading.bases.json").Pins);
            Assert.True(changed.Span.SequenceEqual(BasePinsEdit.Change(changed, "lading.bases.json", pins).Span));
        }
    }

    [Fact]
    public async Task A_folder_without_the_file_has_no_pins()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Empty((await BasePinsFile.ReadAsync(folder, "lading.bases.json", token)).Pins);

        var pins = new BasePins(new Dictionary<string, BasePin> { ["a"] = new(First, OnBuild: true) });
        await BasePinsFile.WriteAsync(folder, "lading.bases.json", pins, token);
        await BasePinsFile.WriteAsync(folder, "lading.bases.json", pins, token);

        Assert.Equal(pins.Pins, (await BasePinsFile.ReadAsync(folder, "lading.bases.json", token)).Pins);
        Assert.Equal(["lading.bases.json"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Comments_and_layout_of_a_file_stay_when_pins_change()
    {
        var json = $$"""
            // What we build on.
            {
              "basesVersion": 1,
              "bases": {
                // Held at 22: 24 breaks the build.
                "node:22": { "digest": "{{First}}" }, // until summer
                "old:1": { "digest": "{{First}}", "onBuild": true },
              },
            }
            """;
        var pins = new BasePins(
            new Dictionary<string, BasePin>
            {
                ["node:22"] = new(Second, OnBuild: false),
                ["busybox:1.36"] = new(First, OnBuild: null),
            }
        );

        var changed = BasePinsEdit.Change(Encoding.UTF8.GetBytes(json), "lading.bases.json", pins);

        Assert.Equal(
            $$"""
            // What we build on.
            {
              "basesVersion": 1,
              "bases": {
                // Held at 22: 24 breaks the build.
                "node:22": { "digest": "{{Second}}", "onBuild": false }, // until summer
                "busybox:1.36": { "digest": "{{First}}" },
              },
            }
            """,
            Encoding.UTF8.GetString(changed.Span)
        );
        Assert.Equal(pins.Pins, BasePinsReader.Read(changed, "lading.bases.json").Pins);
        Assert.True(changed.Span.SequenceEqual(BasePinsEdit.Change(changed, "lading.bases.json", pins).Span));
    }

    [Theory]
    [InlineData("""{ "basesVersion": 1, "bases": {} }""")]
    [InlineData("""{"bases":{},"basesVersion":1}""")]
    [InlineData("""{ "basesVersion": 1, "bases": { "b": { "digest": "DIGEST", "onBuild": false } } } // end""")]
    [InlineData(
        """{ "basesVersion": 1, "bases": { "b": { "digest": "DIGEST" }, "c": { "digest": "DIGEST", "onBuild": true, }, } }"""
    )]
    public void A_file_of_any_layout_has_the_new_pins_afterwards(string json)
    {
        var before = Encoding.UTF8.GetBytes(json.Replace("DIGEST", First.ToString()));
        foreach (bool? onBuild in new bool?[] { null, true, false })
        {
            var pins = new BasePins(
                new Dictionary<string, BasePin> { ["a"] = new(First, onBuild), ["c"] = new(Second, onBuild) }
            );

            var after = BasePinsEdit.Change(before, "lading.bases.json", pins);

            Assert.Equal(pins.Pins, BasePinsReader.Read(after, "lading.bases.json").Pins);
        }
    }

    [Theory]
    [InlineData("""{ "bases": {} }""", ":1:1: the file has no basesVersion.")]
    [InlineData("""{ "basesVersion": 1 }""", ":1:1: the file has no bases.")]
    [InlineData(
        """{ "basesVersion": 3, "bases": { "A b": { "new": 1 } }, "other": 1 }""",
        ":1:19: basesVersion is 3, and this Lading knows versions 1 and 2."
    )]
    [InlineData(
        """{ "basesVersion": 1, "bases": { "a": { "env": {} } } }""",
        "bases.a.env is not a key of a pinned base"
    )]
    [InlineData("""{ "basesVersion": "1", "bases": {} }""", "basesVersion is text")]
    [InlineData("""{ "basesVersion": 1, "bases": { "a": {} } }""", "bases.a has no digest.")]
    [InlineData("""{ "basesVersion": 1, "bases": { "a": { "digest": "sha256:1" } } }""", "Expected sha256: and 64")]
    [InlineData("""{ "basesVersion": 1, "bases": { "a": { "onbuild": true } } }""", "Did you mean onBuild?")]
    [InlineData("""{ "basesVersion": 1, "bases": { "A b": {} } }""", "bases.A b is not the reference of an image.")]
    public void Refuses_text_that_is_not_a_pin(string json, string expected) =>
        Assert.Contains(
            expected,
            Assert
                .Throws<LadingException>(() => BasePinsReader.Read(Encoding.UTF8.GetBytes(json), "lading.bases.json"))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_pin_never_contradicts_its_reference()
    {
        var json = $$"""{ "basesVersion": 1, "bases": { "a@{{First}}": { "digest": "{{Second}}" } } }""";

        Assert.Contains(
            "differs from the digest in the reference",
            Assert
                .Throws<LadingException>(() => BasePinsReader.Read(Encoding.UTF8.GetBytes(json), "lading.bases.json"))
                .Message,
            StringComparison.Ordinal
        );
    }
}
