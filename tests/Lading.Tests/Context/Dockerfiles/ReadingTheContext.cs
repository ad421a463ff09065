using System.Text;
using Lading.Context.Dockerfiles;
using Lading.Oci;

namespace Lading.Tests.Context.Dockerfiles;

/// <summary>What a Dockerfile can read from its context (docs/fingerprint.md, "Only what can be read").</summary>
public class ReadingTheContext
{
    [Theory]
    [InlineData("FROM scratch", "")]
    [InlineData("FROM scratch\nCOPY a /", "a")]
    [InlineData("FROM scratch\nCOPY a b/c/ ./d//e/. /", "a b/c d/e")]
    [InlineData("FROM scratch\nCOPY /a /", "a")]
    [InlineData("FROM scratch\nCOPY a*/b?.[ch] **/x.txt /", "**/x.txt a*/b?.[ch]")]
    [InlineData("FROM scratch\nCOPY a/b**.txt /", "a/*")]
    [InlineData("FROM scratch\nCOPY [\"a b\", \"c\", \"/\"]", "a b c")]
    [InlineData("FROM scratch\nCOPY \"a\" 'b' /", "a b")]
    [InlineData("FROM scratch\nADD a.tar.gz /", "a.tar.gz")]
    [InlineData("FROM scratch\nADD https://example.com/$X/a http://example.com/b c /", "c")]
    [InlineData("FROM scratch\nADD git@example.com:a/b.git#main /", "git@example.com:a/b.git#main")]
    [InlineData("FROM scratch\nCOPY --chown=1:1 --chmod=755 --link a /", "a")]
    [InlineData("FROM scratch\nCOPY --parents --exclude=*.md a/./b /", "a/b")]
    [InlineData("FROM scratch\nADD --checksum=sha256:1 --keep-git-dir=true --unpack a /", "a")]
    [InlineData("FROM scratch\nCOPY a \\\n  # no\n\n  b /", "a b")]
    [InlineData("FROM scratch\nCOPY a", "")]
    // Stages that are not reached, and files from elsewhere.
    [InlineData("FROM scratch AS one\nCOPY a /\nFROM scratch\nCOPY b /", "b")]
    [InlineData("FROM scratch AS one\nCOPY a /\nFROM scratch\nCOPY --from=one /x /\nCOPY b /", "a b")]
    [InlineData("FROM scratch\nCOPY a /\nFROM scratch\nCOPY --from=0 /x /", "a")]
    [InlineData("FROM scratch AS one\nCOPY a /\nFROM one\nCOPY b /", "a b")]
    [InlineData("FROM scratch\nCOPY --from=pinned /x /\nCOPY --from=shared . /y", "")]
    [InlineData("FROM pinned\nRUN --mount=type=bind,from=pinned,source=/x,target=/y true", "")]
    [InlineData("FROM shared AS one\nCOPY a /\nFROM one\nCOPY b /", "a b")]
    [InlineData("FROM scratch AS shared\nCOPY . /\nFROM shared\nCOPY b /", "b")]
    // Mounts.
    [InlineData("FROM pinned\nRUN --mount=type=bind,source=src,target=/src --mount=src=a/,dst=/a make", "a src")]
    [InlineData("FROM pinned\nRUN --mount=type=cache,target=/c --mount=type=secret,id=x --mount=type=ssh true", "")]
    [InlineData("FROM pinned\nRUN --network=none --security=sandbox echo COPY . /", "")]
    // Here-documents.
    [InlineData("FROM scratch\nCOPY <<EOF <<\"TWO\" a /x/\nCOPY . /\nEOF\n$X\nTWO", "a")]
    [InlineData("FROM pinned\nRUN <<EOF\nCOPY . /\nEOF\nCOPY a /", "a")]
    // Variables that only the Dockerfile and its arguments set.
    [InlineData("FROM scratch\nARG X=1\nCOPY a$X ${X:+b} ${Y:-c} ${X}d /", "1d a1 b c")]
    [InlineData("ARG X=1\nFROM scratch\nARG X\nCOPY a$X /", "a1")]
    [InlineData("ARG X=1\nFROM scratch\nCOPY a$X /", "a")]
    [InlineData("FROM scratch\nARG GIVEN=1\nCOPY a$GIVEN /", "a2")]
    [InlineData("FROM scratch\nARG X=1\nARG Y=\"$X 2\"\nCOPY a$Y /", "a1 2")]
    [InlineData("FROM scratch\nENV X 1 2\nCOPY a$X /", "a1 2")]
    [InlineData("FROM scratch\nENV X=1 Y=b\nENV X=2 Z=$X\nCOPY $X$Y$Z /", "2b1")]
    [InlineData("FROM pinned\nENV X=1\nCOPY a$X /", "a1")]
    [InlineData("FROM pinned AS one\nENV X=1\nFROM one\nCOPY a$X /", "a1")]
    [InlineData("FROM scratch\nARG TARGETARCH\nCOPY bin/$TARGETARCH /", "bin/amd64 bin/arm64")]
    [InlineData("FROM scratch\nCOPY 'a$X' /", "a$X")]
    [InlineData("FROM scratch AS one\nONBUILD ENV X=1\nFROM one\nENV X=2\nCOPY a$X /", "a2")]
    // Engines differ in which of several stages with one name they use.
    [InlineData("FROM scratch AS a\nCOPY a /\nFROM scratch AS A\nCOPY b /\nFROM a\nCOPY c /", "a b c")]
    [InlineData("FROM scratch AS a\nCOPY a /\nFROM scratch\nCOPY --from=a / /\nFROM scratch AS a\nCOPY b /", "a b")]
    // They also differ in whether a context replaces the target.
    [InlineData("FROM scratch AS shared\nCOPY a /", "a")]
    // Directives may be indented, and flags are escaped with a backslash in any case.
    [InlineData("  # escape=`\nFROM scratch\nLABEL a=b\\\nCOPY b /", "b")]
    [InlineData("# escape=`\nFROM pinned\nRUN --mount=source=a`b,target=/x true", "a`b")]
    // Instructions for images built on this one.
    [InlineData("FROM scratch\nONBUILD COPY a /\nONBUILD RUN make\nONBUILD ENV X=1", "a")]
    // Docker's own frontends, and instructions that read nothing.
    [InlineData("# syntax=docker/dockerfile:1.7-labs\nFROM scratch\nCOPY a /", "a")]
    [InlineData("# check=error=true\n# escape=`\nFROM scratch\nCOPY a `\n b /", "a b")]
    [InlineData(
        "FROM scratch\nLABEL a=b\nMAINTAINER c\nEXPOSE 1\nVOLUME /d\nUSER e\nWORKDIR /f\nSHELL [\"g\"]\nSTOPSIGNAL 9\nHEALTHCHECK NONE\nCMD h\nENTRYPOINT [\"i\"]",
        ""
    )]
    public void Only_named_files_are_read(string text, string expected) => Assert.Equal(expected, Reads(text));

    [Theory]
    [InlineData("FROM scratch\nCOPY . /", "2: COPY . reads all of it")]
    [InlineData("FROM scratch\nCOPY a / /", "2: COPY / reads all of it")]
    [InlineData("FROM scratch\nADD ./ /", "2: ADD ./ reads all of it")]
    [InlineData("FROM scratch\nCOPY [\"\", \"/\"]", "2: COPY  reads all of it")]
    [InlineData("FROM scratch\nARG X=.\nCOPY $X /", "3: COPY $X reads all of it")]
    [InlineData("FROM pinned\nRUN --mount=type=bind,target=/src make", "2: RUN --mount=type=bind,target=/src reads")]
    [InlineData("FROM pinned\nRUN --mount=source=/,target=/src make", "2: RUN --mount=source=/,target=/src reads")]
    [InlineData("FROM scratch\nONBUILD COPY . /", "2: COPY . reads all of it")]
    // What reads everything is reported before what might.
    [InlineData("FROM floating\nCOPY . /", "2: COPY . reads all of it")]
    [InlineData("FROM floating", "1: whether floating holds ONBUILD instructions is not known")]
    [InlineData("FROM unknown\nCOPY a /", "1: whether unknown holds ONBUILD instructions is not known")]
    [InlineData("FROM triggers", "1: triggers holds ONBUILD instructions")]
    [InlineData("FROM scratch\nCOPY --from=triggers /a /", "2: triggers holds ONBUILD")]
    [InlineData("FROM named", "1: triggers holds ONBUILD")]
    [InlineData("FROM floating AS one\nFROM scratch\nCOPY --from=one / /", "1: whether floating")]
    [InlineData("FROM pinned$BUILDARCH", "1: whether pinned$BUILDARCH holds")]
    // Variables that a base may set, and values that only the engine knows.
    [InlineData("FROM pinned\nCOPY a$X /", "2: COPY a$X: the value of its variables is not known")]
    [InlineData("FROM pinned\nARG X=1\nCOPY a$X /", "3: COPY a$X: the value of its variables")]
    [InlineData("FROM pinned AS one\nFROM one\nCOPY a$X /", "3: COPY a$X: the value")]
    [InlineData("FROM scratch\nARG X=1\nENV X=2\nCOPY a$X /", "4: COPY a$X: the value")]
    [InlineData("FROM scratch\nARG X=1 Y=\"$X 2\"\nCOPY a$Y /", "3: COPY a$Y: the value")]
    [InlineData("FROM scratch\nARG BUILDARCH\nCOPY a$BUILDARCH /", "3: COPY a$BUILDARCH: the value")]
    [InlineData("FROM scratch AS one\nARG X=1\nFROM one\nCOPY a$X /", "4: COPY a$X: the value")]
    [InlineData("FROM scratch\nARG TARGETSTAGE\nCOPY a$TARGETSTAGE /", "3: COPY a$TARGETSTAGE: the value")]
    [InlineData("FROM scratch\nARG HTTP_PROXY=a\nCOPY $HTTP_PROXY /", "3: COPY $HTTP_PROXY: the value")]
    [InlineData("FROM scratch\nCOPY $PATH /", "2: COPY $PATH: the value")]
    [InlineData("FROM scratch\nENV $X=1\nCOPY a$Y /", "3: COPY a$Y: the value")]
    [InlineData("FROM scratch\nARG X=a.b\nCOPY ${X%.*} /", "3: COPY ${X%.*}: the value")]
    [InlineData("FROM scratch AS one\nENV X=1\nFROM scratch\nONBUILD COPY a$X /", "4: COPY a$X: the value")]
    [InlineData("FROM scratch AS one\nENV X=1\nONBUILD ENV X=2\nFROM one\nCOPY a$X /", "5: COPY a$X: the value")]
    [InlineData(
        "FROM scratch AS one\nONBUILD ARG X=2\nFROM one AS two\nFROM two\nCOPY a$X /",
        "5: COPY a$X: the value"
    )]
    [InlineData("FROM scratch AS a\nENV X=1\nFROM scratch AS a\nENV X=1\nFROM a\nCOPY a$X /", "6: COPY a$X: the value")]
    [InlineData("FROM scratch\nCOPY --from=$X a /", "2: whether $X holds ONBUILD")]
    [InlineData(
        "FROM pinned\nRUN --mount=source=$X,target=/x true",
        "2: RUN --mount=source=$X,target=/x: what it mounts"
    )]
    [InlineData(
        "FROM pinned\nRUN --mount=type=new,target=/x true",
        "2: RUN --mount=type=new,target=/x: what it mounts"
    )]
    [InlineData(
        "FROM pinned\nRUN --mount=source=a*,target=/x true",
        "2: RUN --mount=source=a*,target=/x: engines differ"
    )]
    // What engines disagree about, and what is not known.
    [InlineData("FROM scratch\nCOPY a\\ b /", "2: COPY a\\: engines differ about escapes")]
    [InlineData("FROM scratch\nARG X=\"a\\\\b\"\nCOPY $X /", "3: COPY $X: engines differ about escapes")]
    [InlineData("FROM scratch\nCOPY a/../b /", "2: COPY a/../b: engines differ about ..")]
    [InlineData("FROM scratch\nCOPY [\"ab\", \"cd\"] x", "2: COPY has more behind a JSON list: engines differ")]
    [InlineData("FROM scratch\nCOPY [a /", "2: COPY is not understood: '[a' is not a pattern")]
    [InlineData("FROM scratch\nCOPY ${a /", "2: COPY is not understood: '${a'")]
    [InlineData("FROM scratch\nCOPY --new a /", "2: COPY --new is not known")]
    [InlineData("FROM pinned\nRUN --new=1 a", "2: RUN --new=1 is not known")]
    [InlineData("FROM scratch\nINCLUDE other", "2: INCLUDE is not a known instruction")]
    [InlineData("# syntax=example.com/frontend\nFROM scratch\nCOPY a /", "1: the frontend example.com/frontend reads")]
    [InlineData("# syntax=example.com/frontend\n{}", "1: the frontend example.com/frontend reads")]
    public void Anything_else_reads_the_whole_context_and_the_line_says_why(string text, string expected) =>
        Assert.StartsWith(expected, Reads(text), StringComparison.Ordinal);

    [Fact]
    public void A_frontend_named_by_an_argument_may_read_everything()
    {
        var narrowing = Read("FROM scratch", new() { ["BUILDKIT_SYNTAX"] = "example.com/frontend" });

        Assert.True(narrowing.IsWhole);
        Assert.Null(narrowing.Line);
        Assert.False(Read("FROM scratch", new() { ["BUILDKIT_SYNTAX"] = "docker/dockerfile:1" }).IsWhole);
    }

    [Theory]
    [InlineData("linux/arm", "a/linux/arm/v7 barm/v7")]
    [InlineData("linux/arm/v6", "a/linux/arm/v6 barm/v6")]
    [InlineData("linux/arm64/v8", "a/linux/arm64 barm64")]
    [InlineData("linux/amd64/v1", "a/linux/amd64 bamd64")]
    [InlineData("linux/amd64/v3", "a/linux/amd64/v3 bamd64/v3")]
    public void Platform_variables_have_the_values_that_engines_set(string platform, string expected)
    {
        const string Text =
            "FROM scratch\nARG TARGETPLATFORM\nARG TARGETARCH\nARG TARGETVARIANT\nCOPY a/$TARGETPLATFORM b$TARGETARCH/$TARGETVARIANT /";

        Assert.Equal(expected, Describe(Read(Text, [], null, Platform.Parse(platform))));
    }

    [Fact]
    public void A_target_reads_what_its_stages_read()
    {
        const string Text = "FROM scratch AS one\nCOPY a /\nFROM scratch\nCOPY b /\n";

        Assert.Equal("a", Describe(Read(Text, [], "one")));
        Assert.Equal("b", Describe(Read(Text, [])));
    }

    private static string Reads(string text) => Describe(Read(text, new() { ["GIVEN"] = "2" }));

    private static string Describe(Narrowing narrowing) =>
        narrowing.Paths is { } paths
            ? string.Join(
                ' ',
                paths.Sources.Select(source => source.Key.Replace("=", "")).Order(StringComparer.Ordinal)
            )
            : $"{narrowing.Line}: {narrowing.Reason}";

    private static Narrowing Read(
        string text,
        Dictionary<string, string> args,
        string? target = null,
        params IReadOnlyList<Platform> platforms
    ) => Read(text, args, target, null, platforms);

    private static Narrowing Read(
        string text,
        Dictionary<string, string> args,
        string? target,
        IReadOnlyDictionary<string, string?>? variables,
        IReadOnlyList<Platform> platforms
    ) =>
        ContextAnalysis.Of(
            DockerfileReader.Parse(Encoding.UTF8.GetBytes(text)),
            target,
            args,
            platforms.Count > 0 ? platforms : [Platform.LinuxAmd64, Platform.LinuxArm64],
            new Dictionary<string, string> { ["shared"] = "../shared", ["named"] = "docker-image://triggers" },
            reference =>
                reference switch
                {
                    "pinned" => false,
                    "triggers" => true,
                    _ => null,
                },
            reference => reference == "pinned" ? variables : null
        );
}
