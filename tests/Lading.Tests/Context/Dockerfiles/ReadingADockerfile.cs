using System.Text;
using Lading.Context.Dockerfiles;

namespace Lading.Tests.Context.Dockerfiles;

public class ReadingADockerfile
{
    [Fact]
    public void Stages_have_names_platforms_and_instructions()
    {
        var dockerfile = Parse(
            """
            ARG VERSION=1.36

            FROM --platform=$BUILDPLATFORM busybox:${VERSION} AS Build
            RUN echo one
            from scratch
            COPY --from=build --chown=1:1 /a /b
            """
        );

        Assert.Equal(["VERSION=1.36"], dockerfile.Arguments.Select(arg => arg.Arguments));
        Assert.Collection(
            dockerfile.Stages,
            stage =>
            {
                Assert.Equal(
                    ("build", "busybox:${VERSION}", "$BUILDPLATFORM", 3),
                    (stage.Name, stage.From, stage.Platform, stage.Line)
                );
                Assert.Equal([("RUN", "echo one")], stage.Instructions.Select(one => (one.Keyword, one.Arguments)));
            },
            stage =>
            {
                Assert.Equal((null, "scratch", null, 5), (stage.Name, stage.From, stage.Platform, stage.Line));
                var copy = Assert.Single(stage.Instructions);
                Assert.Equal(("COPY", "/a /b", 6), (copy.Keyword, copy.Arguments, copy.Line));
                Assert.Equal(["--from=build", "--chown=1:1"], copy.Flags);
                Assert.Equal(["build"], copy.FlagValues("from"));
            }
        );
    }

    [Fact]
    public void A_continued_line_goes_on_over_comments_and_empty_lines()
    {
        var dockerfile = Parse("FROM a\nRUN one \\  \n  # no\n\n two\\\\\nRUN three \\\n# end");

        Assert.Equal(
            [("one  two\\\\", 2), ("three", 6)],
            dockerfile.Stages[0].Instructions.Select(one => (one.Arguments, one.Line))
        );
    }

    [Fact]
    public void Windows_line_endings_and_a_byte_order_mark_do_not_matter()
    {
        var dockerfile = Parse("\uFEFF# escape=`\r\nFROM a `\r\n  AS b\r\nCOPY c:\\ d\r\n");

        Assert.Equal('`', dockerfile.Escape);
        Assert.Equal(("a", "b"), (dockerfile.Stages[0].From, dockerfile.Stages[0].Name));
        Assert.Equal("c:\\ d", dockerfile.Stages[0].Instructions[0].Arguments);
    }

    [Fact]
    public void Directives_end_at_the_first_line_of_another_kind()
    {
        Assert.Equal("docker/dockerfile:1", Parse("# Syntax = docker/dockerfile:1 \n#escape=`\nFROM a").Syntax);
        Assert.Equal('`', Parse("# check=skip=all\n# escape=`\nFROM a").Escape);
        Assert.Equal('\\', Parse("# a comment\n# escape=`\nFROM a").Escape);
        Assert.Equal('\\', Parse("\n# escape=`\nFROM a").Escape);
        Assert.Equal('\\', Parse("# other=1\n# escape=`\nFROM a").Escape);
    }

    [Fact]
    public void The_text_of_a_heredoc_is_not_an_instruction()
    {
        var dockerfile = Parse(
            """
            FROM a
            RUN <<EOF cat && cat <<-"TWO"
            FROM b
            EOF
            COPY --from=c / /
            	TWO
            COPY <<one.txt <<two.txt /x/
            1
            one.txt
            2
            two.txt
            ONBUILD RUN <<X
            FROM d
            X
            RUN ["echo", "<<NOT"]
            RUN echo "<<NOT" <<<NOT $((1<<2)) '<<NOT'
            USER e
            """
        );

        var stage = Assert.Single(dockerfile.Stages);
        Assert.Equal(["RUN", "COPY", "ONBUILD", "RUN", "RUN", "USER"], stage.Instructions.Select(one => one.Keyword));
        Assert.Equal([true, true, true, false, false, false], stage.Instructions.Select(one => one.HasHeredocs));
    }

    [Fact]
    public void Flags_may_be_quoted_and_end_where_arguments_begin()
    {
        var run = Parse("FROM a\nRUN --mount=type=bind,from=\"x y\" --network -- --a b").Stages[0].Instructions[0];

        Assert.Equal(["--mount=type=bind,from=x y", "--network"], run.Flags);
        Assert.Equal("--a b", run.Arguments);
    }

    [Theory]
    [InlineData("", "it has no FROM")]
    [InlineData("RUN a\nFROM b", "line 1: RUN comes before the first FROM")]
    [InlineData("FROM", "line 1: FROM takes an image")]
    [InlineData("FROM a b", "line 1: FROM takes an image")]
    [InlineData("FROM a AS b c", "line 1: FROM takes an image")]
    [InlineData("FROM a\n\nRUN <<EOF\nx\n", "line 3: the document <<EOF has no end")]
    [InlineData("FROM a\nRUN <<EOF", "line 2: the document <<EOF has no end")]
    [InlineData("# escape=x\nFROM a", "# escape=x: the escape character is \\ or `")]
    public void Refuses_text_that_is_not_a_Dockerfile(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_for_another_frontend_may_be_in_another_language()
    {
        Assert.Empty(Parse("# syntax=example.com/mockerfile:1\napiVersion: v1").Stages);
        Assert.Single(Parse("# syntax=example.com/dockerfile-like:1\nFROM a").Stages);
        Assert.Throws<FormatException>(() => Parse("# syntax=docker/dockerfile:1\napiVersion: v1"));
    }

    [Fact]
    public void A_target_is_a_name_or_a_number_else_the_last_stage()
    {
        var dockerfile = Parse("FROM a AS one\nFROM b AS two\nFROM c");

        Assert.Equal(2, dockerfile.GetTarget(null).Index);
        Assert.Equal(0, dockerfile.GetTarget("ONE").Index);
        Assert.Equal(1, dockerfile.GetTarget("1").Index);
        Assert.Equal(
            "it has no stage three; its stages are one, two, 2",
            Assert.Throws<FormatException>(() => dockerfile.GetTarget("three")).Message
        );
    }

    private static Dockerfile Parse(string text) => DockerfileReader.Parse(Encoding.UTF8.GetBytes(text));
}
