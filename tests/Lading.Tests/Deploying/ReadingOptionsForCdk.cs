using Lading.Deploying;

namespace Lading.Tests.Deploying;

public sealed class ReadingOptionsForCdk
{
    [Theory]
    [InlineData("-c images=assembled --require-approval never", "-c images=assembled", "--require-approval never")]
    [InlineData("--context=a=b --no-lookups", "--context=a=b --no-lookups", "")]
    [InlineData("--no-notices -vv", "--no-notices -vv", "--no-notices -vv")]
    [InlineData("--tags a=b c=d -f -m direct", "", "--tags a=b c=d -f -m direct")]
    [InlineData("--all --output out -a app --profile p --region r", "", "")]
    [InlineData("--some-new-option x", "", "--some-new-option x")]
    public void Each_goes_to_the_commands_that_accept_it(string words, string synthesis, string deployment)
    {
        var options = Read(words);

        Assert.Equal(synthesis, string.Join(' ', options.Synthesis));
        Assert.Equal(deployment, string.Join(' ', options.Deployment));
    }

    [Fact]
    public void Options_that_Lading_handles_itself_are_read()
    {
        var options = Read("-a app.js -o out --profile=p --region r -e --method prepare-change-set");

        Assert.Equal(("app.js", "out", "p", "r"), (options.App, options.Output, options.Profile, options.Region));
        Assert.True(options.IsExclusive);
        Assert.True(options.IsPreparing);
    }

    [Theory]
    [InlineData("--watch", "would deploy what nobody checked")]
    [InlineData("--ignore-errors", "the app itself says are wrong")]
    [InlineData("--env dev", "write it before --")]
    [InlineData("Storefront", "stands before the first of them")]
    [InlineData("--force Storefront", "'Storefront' stands after it")]
    [InlineData("--profile", "lacks its value")]
    public void Options_that_contradict_each_other_are_refused_with_the_reason(string words, string reason)
    {
        var failure = Assert.Throws<LadingException>(() => Read(words));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, failure.Kind);
    }

    [Theory]
    [InlineData("dotnet run --project src/Infra", "/bin/lading run -- dotnet run --project src/Infra")]
    [InlineData("npm run build && node app", "/bin/lading run -- sh -c 'npm run build && node app'")]
    [InlineData("python -c 'print(1)'", "/bin/lading run -- sh -c 'python -c '\\''print(1)'\\'''")]
    [InlineData("lading run --env dev -- dotnet run", "lading run --env dev -- dotnet run")]
    [InlineData("/opt/lading run -- dotnet run", "/opt/lading run -- dotnet run")]
    [InlineData("dotnet run --project src/Lading.Infra", "/bin/lading run -- dotnet run --project src/Lading.Infra")]
    public void An_app_is_started_through_run(string app, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shell has quotes of its own.");

        Assert.Equal(expected, AppCommand.ThroughRun(app, ["/bin/lading"], "/nowhere"));
    }

    [Theory]
    [InlineData(
        "dotnet run --project src\\Infra",
        "\"C:\\Program Files (x86)\\lading.exe\" run -- dotnet run --project src\\Infra"
    )]
    [InlineData(
        "npm run build && node app",
        "\"C:\\Program Files (x86)\\lading.exe\" run -- cmd /d /s /c \"npm run build && node app\""
    )]
    public void On_Windows_an_app_is_started_through_run_by_its_shell(string app, string expected) =>
        Assert.Equal(
            expected,
            AppCommand.ThroughRun(app, [@"C:\Program Files (x86)\lading.exe"], "/nowhere", isWindows: true)
        );

    private static CdkOptions Read(string words) => CdkOptions.Read(words.Split(' '));
}
