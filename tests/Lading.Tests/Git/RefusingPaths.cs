using Lading.Git;

namespace Lading.Tests.Git;

/// <summary>
/// A tree may contain any name; one that would leave the folder, or become another file, is not written. A test on any
/// system sees the rules of all.
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
    public void Unsafe_paths_are_refused_on_every_system(string path)
    {
        Assert.NotNull(CheckoutPath.FindObjection(path, isWindows: false));
        Assert.NotNull(CheckoutPath.FindObjection(path, isWindows: true));
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused()
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
    public void Paths_unsafe_on_Windows_are_refused_only_there(string path)
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
    public void Other_paths_are_accepted_on_every_system(string path)
    {
        Assert.Null(CheckoutPath.FindObjection(path, isWindows: true));
        Assert.Null(CheckoutPath.FindObjection(path, isWindows: false));
    }
}
