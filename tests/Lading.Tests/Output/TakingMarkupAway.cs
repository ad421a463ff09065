using Lading.Cli.Output;

namespace Lading.Tests.Output;

public class TakingMarkupAway
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("[red]no[/] way", "no way")]
    [InlineData("[[x]] [grey]y[/]", "[x] y")]
    [InlineData("a [", "a [")]
    [InlineData("[red", "[red")]
    [InlineData("[green]ok[/] [12", "ok [12")]
    [InlineData("]", "]")]
    [InlineData("a ] b [c", "a ] b [c")]
    public void Text_that_is_not_markup_stays(string markup, string expected) =>
        Assert.Equal(expected, PlainText.Of(markup));
}
