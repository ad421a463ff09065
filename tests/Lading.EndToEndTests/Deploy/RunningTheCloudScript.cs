using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// The script of <c>./build cloud</c> with the real cdk, the real AWS CLI and an engine, in a cloud of stand-ins. moto
/// rolls no update back, so the release that crashes is published but not deployed, as if CloudFormation had rolled it
/// back.
/// </summary>
[Collection(TypeScriptApps.Name)]
public sealed class RunningTheCloudScript(DeployedAlone alone)
{
    // Takes the place of lading: the second deployment fails and leaves what was running.
    private const string Wrapper = """
        #!/bin/sh
        if [ "$1" = deploy ]; then
          echo x >>'COUNT'
          if [ "$(wc -l <'COUNT')" -eq 2 ]; then
            LADING publish --env cloud && exit 3
            exit 2
          fi
        fi
        exec LADING "$@"

        """;

    [Fact(Explicit = true)]
    [Trait("Run", "long")]
    public async Task Every_step_runs_and_everything_is_removed()
    {
        if (Environment.GetEnvironmentVariable("NODE_PATH") is null)
        {
            SampleApp.RequireTypeScript();
        }

        var token = TestContext.Current.CancellationToken;
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Combine("eng/cloud"));
        File.Copy(SourceTree.PathOf("eng/cloud.sh"), folder.Combine("eng/cloud.sh"));
        File.Copy(SourceTree.PathOf("eng/cloud/app.cjs"), folder.Combine("eng/cloud/app.cjs"));
        var lading = string.Join(' ', PackedTool.Command.Select(word => $"'{word}'"));
        var cdk = SourceTree.PathOf("samples/storefront/node_modules/.bin/cdk");
        Program(
            folder,
            "lading",
            Wrapper
                .Replace("LADING", lading, StringComparison.Ordinal)
                .Replace("COUNT", folder.Combine("deploys"), StringComparison.Ordinal)
        );
        Program(
            folder,
            "cdk",
            $"#!/bin/sh\nverb=$1; shift\n[ \"$verb\" != deploy ] || set -- --method direct \"$@\"\nexec '{cdk}' \"$verb\" \"$@\"\n"
        );
        var variables = alone.App.Variables();
        foreach (var (name, value) in alone.App.Cloud.VariablesOf(DeployedApp.Dev))
        {
            variables[name] = value;
        }

        variables["PATH"] = $"{folder.Combine("bin")}:{variables["PATH"]}";
        variables["NODE_PATH"] =
            Environment.GetEnvironmentVariable("NODE_PATH")
            ?? SourceTree.PathOf("samples/storefront/infra-ts/node_modules");
        variables["LADING_CLOUD_SUFFIX"] = "test";
        variables["LADING_CLOUD_PAUSE"] = "1";

        var run = await ProgramRunner.RunAsync(
            new ProgramCall("bash", folder.Combine("eng/cloud.sh"), "--yes") { Environment = variables },
            ReadOnlyMemory<byte>.Empty,
            token
        );

        Assert.True(run.ExitCode == 0, $"{run.ExitCode}\n{run.Text}\n{run.Error}");
        Assert.Contains("Everything was removed.", run.Text, StringComparison.Ordinal);
        Assert.Contains("LadingCloud-test", run.Text, StringComparison.Ordinal);
        Assert.Contains(alone.App.Cloud.Calls, call => call.Action == "cloudformation:DeleteStack");
    }

    private static void Program(TestFolder folder, string name, string script)
    {
        Directory.CreateDirectory(folder.Combine("bin"));
        var path = folder.Combine($"bin/{name}");
        File.WriteAllText(path, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
