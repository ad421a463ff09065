using System.Net;
using System.Security.Cryptography.X509Certificates;
using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary>The same configuration gives the AWS CLI and Lading the same keys, roles and addresses.</summary>
public sealed class FollowingTheAwsCli : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly X509Certificate2 certificate = TestCertificate.Create(IPAddress.Loopback, TimeSpan.FromDays(1));
    private TestRepository project = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        project = await TestRepository.CreateAsync();
        project.Write("web/Dockerfile", "FROM scratch\nCOPY page /\n");
        project.Write("web/page", "hello");
        project.Write(
            "lading.json",
            """{ "project": "shop", "images": { "web": { "context": "web" } }, "environments": { "dev": { "account": "111111111111", "region": "eu-west-1" } } }"""
        );
        await project.CommitAsync("One");
    }

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        certificate.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_setting_means_what_it_means_to_the_AWS_CLI()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are those of Unix.");
        await using var theirs = new CaseServers();
        await using var ours = new CaseServers();
        var calls = new List<(IReadOnlyList<string>, IReadOnlyDictionary<string, string?>)>();
        foreach (var each in SettingCases.All)
        {
            calls.Add(
                (
                    ["sts", "get-caller-identity"],
                    await CaseHome.WriteAsync(folder, certificate, each, await theirs.AddAsync(Trusted(each)))
                )
            );
        }

        var cli = AwsCli.RunAsync(folder, calls);
        var said = new List<string>();
        foreach (var each in SettingCases.All)
        {
            said.Add(
                await PlanAsync(
                    await CaseHome.WriteAsync(folder, certificate, each, await ours.AddAsync(Trusted(each)))
                )
            );
        }

        var told = await cli;
        var wrong = new List<string>();
        for (var i = 0; i < SettingCases.All.Count; i++)
        {
            var each = SettingCases.All[i];
            if (theirs[i].Outcome != each.Outcome)
            {
                wrong.Add($"{each}\n  the AWS CLI: {theirs[i].Outcome}, and not {each.Outcome}\n  {told[i]}");
            }

            var expected = each.Refused is null ? each.Outcome : AnsweringAws.Refused;
            var words = each.IsEncrypted
                ? "name the certificates of your proxy or organization in AWS_CA_BUNDLE"
                : "Could not get AWS credentials for environment dev";
            if (
                ours[i].Outcome != expected
                || (expected == AnsweringAws.Refused && !said[i].Contains(words, StringComparison.Ordinal))
            )
            {
                wrong.Add($"{each}\n  Lading: {ours[i].Outcome}, and not {expected}\n  {said[i]}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        X509Certificate2? Trusted(SettingCase each) => each.IsEncrypted ? certificate : null;
    }

    [Fact]
    public async Task A_login_of_aws_login_is_read_through_the_AWS_CLI_also_for_a_role()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the program is one of Unix.");
        await using var aws = await AnsweringAws.StartAsync();
        var programs = Directory.CreateDirectory(folder.Combine("bin")).FullName;
        var program = Path.Combine(programs, "aws");
        await File.WriteAllTextAsync(
            program,
            $$"""
            #!/bin/sh
            echo "$@" >> {{folder.Combine("asked")}}
            echo '{"Version":1,"AccessKeyId":"ASIALOGIN","SecretAccessKey":"s","SessionToken":"t"}'
            """,
            Cancelled
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var variables = await CaseHome.WriteAsync(
            folder,
            certificate,
            new SettingCase(
                "",
                "[default]\nrole_arn = arn:aws:iam::111111111111:role/deploy\nsource_profile = me\n[profile me]\nlogin_session = arn:aws:iam::111111111111:user/me\n"
            )
            {
                Outcome = "",
            },
            aws.Address
        );

        var run = await ToolProcess.RunAsync(
            ToolProcess.Call(project.Folder, "plan", "--env", "dev") with
            {
                Environment = new Dictionary<string, string?>(variables)
                {
                    ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}",
                },
            }
        );

        Assert.True(aws.Outcome == "ASIAdeploy token AssumeRole by ASIALOGIN", run.Out + run.Error);
        Assert.Equal(
            "configure export-credentials --profile me --format process\n",
            await File.ReadAllTextAsync(folder.Combine("asked"), Cancelled)
        );
    }

    /// <summary>
    /// Makes the tool call AWS; in a process of its own if the SDK looks for a login in the user's home.
    /// </summary>
    private async Task<string> PlanAsync(IReadOnlyDictionary<string, string?> variables)
    {
        var config = await File.ReadAllTextAsync(Path.Combine(variables["HOME"]!, ".aws", "config"), Cancelled);
        var run = config.Contains("sso_", StringComparison.Ordinal)
            ? await ToolProcess.RunAsync(
                ToolProcess.Call(project.Folder, "plan", "--env", "dev") with
                {
                    Environment = variables,
                }
            )
            : await ToolRun.InAsync(
                project.Folder,
                variables.Where(each => each.Value is not null).ToDictionary(each => each.Key, each => each.Value!),
                ["plan", "--env", "dev"]
            );
        Assert.DoesNotContain("fault of Lading", run.Error, StringComparison.Ordinal);
        return run.Out + run.Error;
    }
}
