using Lading.Aws.Credentials;

namespace Lading.Tests.Aws;

public sealed class SplittingACredentialProcess
{
    [Theory]
    [InlineData(@"C:\tools\keys.exe --role a\b", @"C:\tools\keys.exe|--role|a\b")]
    [InlineData(@"""C:\Program Files\keys.exe"" get", @"C:\Program Files\keys.exe|get")]
    [InlineData(@"keys ""say \""hi\""""", @"keys|say ""hi""")]
    [InlineData("keys 'one two'", "keys|one two")]
    public void On_Windows_paths_keep_their_backslashes(string line, string expected) =>
        Assert.Equal(expected, Words(line, isWindows: true));

    [Theory]
    [InlineData(@"/opt/my\ keys get", "/opt/my keys|get")]
    [InlineData(@"keys a\\b", @"keys|a\b")]
    [InlineData(@"keys 'a\b'", @"keys|a\b")]
    public void Elsewhere_they_escape_as_in_a_shell(string line, string expected) =>
        Assert.Equal(expected, Words(line, isWindows: false));

    private static string Words(string line, bool isWindows)
    {
        var call = ProgramKeys.Split(line, isWindows);
        return string.Join('|', call.Arguments.Prepend(call.Program));
    }
}
