using System.Text;
using Lading.Context.Dockerfiles;
using Lading.Oci;

namespace Lading.Tests.Context.Dockerfiles;

public sealed class PinningADockerfile
{
    private static readonly Digest A = Digest.OfBytes("a"u8);
    private static readonly Dictionary<string, Digest> Pins = new() { ["a:1"] = A, ["b"] = A };
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("FROM a:1", "FROM a:1@A")]
    [InlineData("FROM a:1\r\nRUN x\r\n", "FROM a:1@A\nRUN x\r\n")]
    [InlineData("from --platform=$BUILDPLATFORM a:1 as Build", "FROM --platform=$BUILDPLATFORM a:1@A AS build")]
    [InlineData("ARG V=1\nFROM a:${V}\nRUN echo FROM a:1", "ARG V=1\nFROM a:1@A\nRUN echo FROM a:1")]
    [InlineData("FROM \\\n  # which\n\n  a:1 \\\n AS x\nRUN y", "FROM a:1@A AS x\n#\n#\n#\n#\nRUN y")]
    [InlineData("# escape=`\nFROM `\na:1\nRUN y", "# escape=`\nFROM a:1@A\n#\nRUN y")]
    [InlineData("FROM c\nCOPY --from=a:1 --chown=1 /x --from=a:1", "FROM c\nCOPY --from=a:1@A --chown=1 /x --from=a:1")]
    [InlineData(
        "FROM c\nCOPY \\\n  # one\n  --from=b \\\n  /x /y",
        "FROM c\nCOPY \\\n  # one\n  --from=b@A \\\n  /x /y"
    )]
    [InlineData(
        "FROM c\nRUN --mount=type=bind,from=a:1,target=/m --network=none run --from=a:1",
        "FROM c\nRUN --mount=type=bind,from=a:1@A,target=/m --network=none run --from=a:1"
    )]
    [InlineData("FROM c\nRUN --mount=from=\"b\" x", "FROM c\nRUN --mount=from=\"b@A\" x")]
    [InlineData("FROM c\nONBUILD COPY --from=a:1 / /", "FROM c\nONBUILD COPY --from=a:1@A / /")]
    [InlineData(
        "FROM c\nRUN <<EOF\nFROM a:1\nEOF\nCOPY --from=b / /",
        "FROM c\nRUN <<EOF\nFROM a:1\nEOF\nCOPY --from=b@A / /"
    )]
    public void A_digest_is_appended_to_each_reference_and_nowhere_else(string dockerfile, string expected) =>
        Assert.Equal(expected.Replace("@A", $"@{A}"), Pinned(dockerfile));

    [Theory]
    [InlineData("FROM c\nRUN x")]
    [InlineData("FROM scratch AS b\nFROM b\nCOPY --from=b / /")]
    [InlineData("FROM scratch AS B\nFROM scratch\nCOPY --from=b / /")]
    [InlineData("ARG X\nFROM a:$X")]
    [InlineData("FROM a:1@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("FROM c\nCOPY b a:1 /srv/\nRUN cp --from=a:1 from=b")]
    public void Everything_but_pinned_references_stays_byte_for_byte(string dockerfile) =>
        Assert.Equal(dockerfile, Pinned(dockerfile));

    [Fact]
    public void Which_base_a_variable_names_depends_on_the_platform()
    {
        var pins = new Dictionary<string, Digest> { ["a:arm64"] = A };

        Assert.Equal($"FROM a:arm64@{A}", Pinned("FROM a:$TARGETARCH", pins, Platform.LinuxArm64));
        Assert.Equal("FROM a:$TARGETARCH", Pinned("FROM a:$TARGETARCH", pins, Platform.LinuxAmd64));
    }

    [Fact]
    public void A_base_that_a_named_context_replaces_is_not_pinned()
    {
        var contexts = new Dictionary<string, string> { ["b"] = "docker-image://a:1" };

        Assert.Equal(
            "FROM b\nCOPY --from=b / /",
            Pinned("FROM b\nCOPY --from=b / /", Pins, Platform.LinuxAmd64, contexts)
        );
    }

    [Fact]
    public void A_reference_split_over_lines_is_refused_rather_than_left_unpinned() =>
        Assert.Contains(
            "b is written in a form",
            Assert.Throws<FormatException>(() => Pinned("FROM a:1\nCOPY --from=\\\nb / /")).Message,
            StringComparison.Ordinal
        );

    private static string Pinned(string dockerfile) => Pinned(dockerfile, Pins, Platform.LinuxAmd64);

    private static string Pinned(
        string dockerfile,
        Dictionary<string, Digest> pins,
        Platform platform,
        Dictionary<string, string>? contexts = null
    ) =>
        Encoding.UTF8.GetString(
            PinnedDockerfile.Of(Encoding.UTF8.GetBytes(dockerfile), null, None, platform, contexts ?? None, pins).Span
        );
}
