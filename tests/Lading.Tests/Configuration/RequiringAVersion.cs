using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

/// <summary>A project names the oldest program that it accepts; an older one says how to update it.</summary>
public sealed class RequiringAVersion
{
    // The rest is from a newer version, and an older program reports nothing about it.
    private const string Newer =
        """{ "lading": ">=0.2", "project": "p", "images": { "web": { "newKey": 1 } }, "newer": true }""";

    [Theory]
    [InlineData("/srv/shop/node_modules/@lading/linux-x64/lading", "npm install --save-dev lading@latest")]
    [InlineData(@"C:\shop\node_modules\lading\lading.exe", "npm install --save-dev lading@latest")]
    [InlineData("/usr/local/lib/node_modules/lading/lading", "npm install --global lading@latest")]
    [InlineData(@"C:\Users\a\AppData\Roaming\npm\node_modules\lading\lading.exe", "npm install --global lading@latest")]
    [InlineData("/home/you/.dotnet/tools/.store/lading/0.1.0/lading.dll", "dotnet tool update --global Lading")]
    [InlineData("/home/you/.nuget/packages/lading/0.1.0/tools/net10.0/any/", "dotnet tool update Lading")]
    [InlineData("/home/you/.nuget/packages/lading.linux-x64/0.1.0/tools/lading", "dotnet tool update Lading")]
    [InlineData("/usr/bin/lading", "apt-get install ./lading_VERSION_ARCH.deb, with the package of a newer release")]
    [InlineData("/opt/lading", "replace /opt/lading with the program of a newer release")]
    public void An_older_program_names_the_command_that_updates_it(string path, string command)
    {
        var failure = Assert.Throws<LadingException>(() => Read(Newer, new Version(0, 1, 9), path));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Equal(
            $"Could not read lading.json: it asks for Lading >=0.2, and this is 0.1.9. Update it: {command}.",
            failure.Message
        );
    }

    [Theory]
    [InlineData(">=0.2", "0.2.0", true)]
    [InlineData(">=0.2", "0.2.0.0", true)]
    [InlineData(">=0.2", "0.10.0", true)]
    [InlineData(">= 0.2.1", "0.2.0", false)]
    [InlineData(">=0.2.1", "0.2.1", true)]
    [InlineData(">=1.0", "0.99.99", false)]
    public void Numbers_are_compared_as_numbers(string required, string program, bool isMet)
    {
        Assert.True(RequiredVersion.TryParse(required, out var version));

        Assert.Equal(isMet, version!.IsMetBy(Version.Parse(program)));
    }

    [Fact]
    public void A_new_enough_program_reads_the_rest()
    {
        var failure = Assert.Throws<LadingException>(() => Read(Newer, new Version(0, 2, 0), "/usr/bin/lading"));

        Assert.Contains("newer is not a key of lading.json", failure.Message, StringComparison.Ordinal);
    }

    private static LadingConfiguration Read(string json, Version version, string path) =>
        ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json", new InstalledProgram(version, path));
}
