using Lading.Git;

namespace Lading.Tests.Git;

/// <summary>
/// A tree may contain any name; one that would leave the folder, or become another file, is not written. The rules are
/// tested on every system.
/// </summary>
public sealed class RefusingPaths
{
    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a//x")]
    [InlineData("/etc/passwd")]
    [InlineData("./x")]
    [InlineData(".git/config")]
    [InlineData("sub/.GIT/hooks/x")]
    [InlineData(".g\u200cit/config")]
    public void Nowhere(string path)
    {
        Assert.NotNull(CheckoutPath.FindObjection(path, isWindows: false));
        Assert.NotNull(CheckoutPath.FindObjection(path, isWindows: true));
    }

    [Fact]
    public void Nor_what_is_not_UTF_8()
    {
        Assert.NotNull(CheckoutPath.FindObjection("caf" + (char)0xDCE9, isWindows: false));
    }

    [Theory]
    [InlineData(@"..\..\x")]
    [InlineData(@"a\..\..\..\x")]
    [InlineData(@"\\host\share\x")]
    [InlineData("C:x")]
    [InlineData(@"C:\x")]
    [InlineData("a/C:x")]
    [InlineData("file:stream")]
    [InlineData("a*")]
    [InlineData("what?")]
    [InlineData("say \"x\"")]
    [InlineData("a<b")]
    [InlineData("pipe|d")]
    [InlineData("tab\there")]
    [InlineData("stop.")]
    [InlineData("blank /x")]
    [InlineData(".git./config")]
    [InlineData("git~1/config")]
    [InlineData("NUL")]
    [InlineData("a/con.txt")]
    [InlineData("COM1")]
    [InlineData("lpt\u00b2.log")]
    [InlineData("CONOUT$")]
    public void Not_on_Windows(string path)
    {
        Assert.NotNull(CheckoutPath.FindObjection(path, isWindows: true));
        Assert.Null(CheckoutPath.FindObjection(path, isWindows: false));
    }

    [Theory]
    [InlineData("src/web/Program.cs")]
    [InlineData("ünï/日本語/🚢")]
    [InlineData(".gitignore")]
    [InlineData(".github/x")]
    [InlineData("..x/x..x")]
    [InlineData("console/command.com5/lptx")]
    [InlineData("a b/ c")]
    public void Everywhere_else_they_are_taken(string path)
    {
        Assert.Null(CheckoutPath.FindObjection(path, isWindows: true));
        Assert.Null(CheckoutPath.FindObjection(path, isWindows: false));
    }
}
