using Lading.Deploying;
using Lading.Testing;

namespace Lading.Tests.Deploying;

public sealed class FindingCdk : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_projects_own_takes_precedence_over_the_one_on_the_path()
    {
        Install("app/node_modules", "2.1148.1");
        Write("bin/cdk", "");

        var found = Find("app/infra");

        Assert.Equal(folder.Combine("app/node_modules/.bin/cdk"), found.Program);
        Assert.Equal("2.1148.1", found.Version);
    }

    [Fact]
    public void Without_either_a_version_that_works_is_fetched()
    {
        Write("bin/npx", "");

        Assert.Equal(["--yes", "aws-cdk@2"], Find("app").Leading);
    }

    [Fact]
    public void Without_npx_the_message_says_how_to_install_it() =>
        Assert.Contains(
            "npm install --save-dev aws-cdk@2",
            Assert.Throws<LadingException>(() => Find("app")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Version_3_0_0_is_refused_with_the_reason()
    {
        Install("app/node_modules", "3.0.0");

        var failure = Assert.Throws<LadingException>(() => Find("app"));

        Assert.Contains("published by accident", failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, failure.Kind);
    }

    [Fact]
    public void On_Windows_it_is_the_script_that_npm_writes()
    {
        Write("app/node_modules/aws-cdk/package.json", """{ "name": "aws-cdk", "version": "2.1148.1" }""");
        Write("app/node_modules/.bin/cdk", "#!/bin/sh");
        Write("app/node_modules/.bin/cdk.cmd", "@ECHO off");
        Write("bin/npx", "#!/bin/sh");
        Write("bin/npx.cmd", "@ECHO off");

        var own = FindOnWindows("app");

        Assert.Equal(folder.Combine("app/node_modules/.bin/cdk.cmd"), own.Program);
        Assert.Equal("2.1148.1", own.Version);
        Assert.Equal(folder.Combine("bin/npx.cmd"), FindOnWindows("other").Program);
    }

    private CdkProgram FindOnWindows(string at) =>
        CdkProgram.Find(folder.Combine(at), name => name == "PATH" ? folder.Combine("bin") : null, isWindows: true);

    private CdkProgram Find(string at)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "npm writes scripts there.");
        Directory.CreateDirectory(folder.Combine(at));
        return CdkProgram.Find(folder.Combine(at), name => name == "PATH" ? folder.Combine("bin") : null);
    }

    private void Install(string modules, string version)
    {
        Write($"{modules}/aws-cdk/package.json", $$"""{ "name": "aws-cdk", "version": "{{version}}" }""");
        Write($"{modules}/aws-cdk/bin/cdk", "");
        Directory.CreateDirectory(folder.Combine($"{modules}/.bin"));
        File.CreateSymbolicLink(folder.Combine($"{modules}/.bin/cdk"), "../aws-cdk/bin/cdk");
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(path))!);
        File.WriteAllText(folder.Combine(path), content);
    }
}
