using System.Text;
using Lading.Context.Dockerfiles;
using Lading.Oci;

namespace Lading.Tests.Context.Dockerfiles;

public class FindingBaseImages
{
    [Theory]
    [InlineData("FROM a:1", "a:1")]
    [InlineData("FROM scratch", "")]
    [InlineData("FROM a AS b\nFROM b", "a")]
    [InlineData("FROM a AS b\nFROM B AS c\nFROM C", "a")]
    [InlineData("FROM a AS b\nFROM c", "c")]
    [InlineData("FROM a\nFROM c\nCOPY --from=0 / /", "a c")]
    [InlineData("FROM a\nFROM 0", "0")]
    [InlineData(
        "FROM a AS b\nFROM c\nCOPY --from=B / /\nCOPY --link --from=docker.io/library/d:1 / /",
        "a c docker.io/library/d:1"
    )]
    [InlineData("FROM a AS b\nFROM c\nRUN --mount=type=bind,from=b,target=/b --mount=from=d x", "a c d")]
    [InlineData("FROM a\nRUN --mount=type=cache,target=/x,from=d x", "a d")]
    [InlineData("FROM a\nONBUILD COPY --from=d / /", "a d")]
    [InlineData("FROM a\nRUN echo --from=d COPY --from=e", "a")]
    [InlineData("FROM a\nCOPY --from=scratch / /", "a")]
    [InlineData("FROM a\nCOPY . .\nADD https://example.com/x /x", "a")]
    [InlineData("FROM a AS a", "a")]
    [InlineData("FROM a AS b\nFROM c AS b\nFROM b", "a c")]
    [InlineData("FROM a AS b\nCOPY --from=c / /\nFROM d AS c\nFROM b", "a d")]
    public void Only_what_the_last_stage_reaches_counts(string text, string expected) =>
        Assert.Equal(expected, Bases(text));

    [Theory]
    [InlineData("ARG V=1\nFROM a:$V", "a:1")]
    [InlineData("ARG V=1\nFROM a:${V}-x", "a:1-x")]
    [InlineData("ARG V=1 W=\"2\"\nFROM a:$V.$W", "a:1.2")]
    [InlineData("ARG V=1\nARG W=${V}.2\nFROM a:$W", "a:1.2")]
    [InlineData("FROM a:${V:-3}", "a:3")]
    [InlineData("ARG V=\nFROM a:${V:-3}", "a:3")]
    [InlineData("ARG V=\nFROM a:x${V-3}", "a:x")]
    [InlineData("ARG V=1\nFROM a${V:+:b}", "a:b")]
    [InlineData("FROM a${V:+:b}", "a")]
    [InlineData("ARG V=1\nFROM a:${X:-${V:-2}}", "a:1")]
    [InlineData("ARG A=1\nFROM a:$A", "a:given")]
    [InlineData("ARG A\nFROM a:$A", "a:given")]
    [InlineData("FROM a:x$A", "a:x")]
    [InlineData("ARG V=b\nFROM a AS b\nFROM c AS d\nFROM $V", "a")]
    [InlineData("FROM \"a:1\"", "a:1")]
    [InlineData("FROM a-$TARGETARCH", "a-amd64")]
    [InlineData("ARG TARGETPLATFORM\nFROM --platform=$BUILDPLATFORM a AS b\nFROM b", "a")]
    public void Variables_are_replaced(string text, string expected) => Assert.Equal(expected, Bases(text));

    [Theory]
    [InlineData("FROM a:$BUILDARCH", "a:$BUILDARCH")]
    [InlineData("FROM a AS x-amd64\nFROM b AS x-arm64\nFROM x-${BUILDARCH}", "a b x-${BUILDARCH}")]
    [InlineData("ARG V=1.2\nFROM a:${V%.*}", "a:${V%.*}")]
    [InlineData("FROM a AS b\nFROM c\nCOPY --from=$A / /", "$A a c")]
    public void Values_that_only_the_engine_knows_count_as_written(string text, string expected) =>
        Assert.Equal(expected, Bases(text));

    [Fact]
    public void Each_platform_may_use_its_own_images() =>
        Assert.Equal(
            "a b",
            Bases(
                "FROM a AS for-amd64\nFROM b AS for-arm64\nFROM for-$TARGETARCH",
                platforms: [Platform.LinuxAmd64, Platform.LinuxArm64]
            )
        );

    [Fact]
    public void A_target_may_use_fewer() =>
        Assert.Equal("a", Bases("FROM a AS build\nFROM b\nCOPY --from=build / /", target: "build"));

    [Theory]
    [InlineData("FROM a", "x:1")]
    [InlineData("FROM a:latest", "x:1")]
    [InlineData("FROM docker.io/library/a", "x:1")]
    [InlineData("FROM b AS a\nFROM a", "x:1")]
    [InlineData("FROM b\nCOPY --from=a / /", "b x:1")]
    [InlineData("FROM b\nCOPY --from=shared / /", "b")]
    public void Named_contexts_replace_images_and_stages(string text, string expected) =>
        Assert.Equal(expected, Bases(text, contexts: new() { ["a"] = "docker-image://x:1", ["shared"] = "../shared" }));

    [Fact]
    public void A_missing_target_is_refused() =>
        Assert.Contains(
            "it has no stage c; its stages are b",
            Assert.Throws<FormatException>(() => Bases("FROM a AS b", target: "c")).Message,
            StringComparison.Ordinal
        );

    private static string Bases(
        string text,
        string? target = null,
        IReadOnlyList<Platform>? platforms = null,
        Dictionary<string, string>? contexts = null
    ) =>
        string.Join(
            ' ',
            BaseImages.ReachedBy(
                DockerfileReader.Parse(Encoding.UTF8.GetBytes(text)),
                target,
                new Dictionary<string, string> { ["A"] = "given" },
                platforms ?? [Platform.LinuxAmd64],
                contexts ?? []
            )
        );
}
