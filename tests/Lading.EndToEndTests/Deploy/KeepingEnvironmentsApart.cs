using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.EndToEndTests.Deploy;

/// <summary>Two environments in one account and region: the real cdk gets only the stacks of one of them.</summary>
[Collection(DeployedApps.Name)]
public sealed class KeepingEnvironmentsApart(DeployedApp app) : IAsyncLifetime
{
    private const string Place = $"aws://{DeployedApp.Dev}/{TestCloud.Region}";

    private readonly TestAssembly assembly = new();
    private string before = "";

    public ValueTask InitializeAsync()
    {
        before = app.Repository.Read("lading.json");
        foreach (
            var (name, needs) in ((string, string)[])[("Shop-dev", ""), ("Shop-prod", ""), ("Jobs-dev", "Shop-prod")]
        )
        {
            assembly
                .File(
                    $"{name}.template.json",
                    $$"""{ "Resources": { "Note": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/apart/{{name}}", "Type": "String", "Value": "{{name}}" } } } }"""
                )
                .Artifact(
                    name,
                    $$"""{ "type": "aws:cloudformation:stack", "environment": "{{Place}}", "dependencies": [{{(
                        needs.Length == 0 ? "" : $"\"{needs}\""
                    )}}], "properties": { "templateFile": "{{name}}.template.json" } }"""
                );
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        app.Repository.Write("lading.json", before);
        assembly.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Stacks_of_another_environment_are_not_deployed()
    {
        Name(dev: null, prod: null);
        var calls = app.Cloud.Calls.Count;

        var open = await DeployAsync();

        open.Failed(FailureKind.Usage);
        Assert.Contains(
            "Shop-dev, Shop-prod, Jobs-dev are in account 111111111111",
            open.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"dev\": { …, \"stacks\": [\"Shop-dev\", \"Jobs-dev\"] }",
            open.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(app.Cloud.Calls.Skip(calls), call => call.Service is "cloudformation" or "ecr");

        Name(dev: "\"Shop-dev\", \"Jobs-dev\"", prod: "\"Shop-prod\"");
        var pulled = await DeployAsync("Jobs-dev");
        pulled.Failed(FailureKind.Usage);
        Assert.Contains(
            "it depends on Shop-prod, which cdk would deploy as well, and which belongs to prod",
            pulled.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(app.Cloud.Calls.Skip(calls), call => call.Service is "cloudformation" or "ecr");

        Name(dev: "\"Shop-dev\"", prod: "\"Shop-prod\", \"Jobs-*\"");
        var deployed = (await DeployAsync()).Succeeded();
        Assert.Contains("dev is up to date: Shop-dev", deployed.Out, StringComparison.Ordinal);
        Assert.Single(
            app.Cloud.Calls.Skip(calls),
            call => call is { Service: "cloudformation", Operation: "CreateStack" or "CreateChangeSet" }
        );
    }

    private Task<ToolRun> DeployAsync(params IReadOnlyList<string> stacks) =>
        app.LadingAsync(["deploy", .. stacks, "--env", "dev", "--", .. DeployedApp.Unasked, "--app", assembly.Folder]);

    private void Name(string? dev, string? prod)
    {
        static string Stacks(string? names) => names is null ? "" : $", \"stacks\": [{names}]";
        var start = before.IndexOf("  \"environments\": {", StringComparison.Ordinal);
        app.Repository.Write(
            "lading.json",
            $$"""
            {{before[..start]}}  "environments": {
                "dev": { "account": "{{DeployedApp.Dev}}", "region": "{{TestCloud.Region}}", "profile": "storefront-dev"{{Stacks(
                dev
            )}} },
                "prod": { "account": "{{DeployedApp.Dev}}", "region": "{{TestCloud.Region}}", "profile": "storefront-dev"{{Stacks(
                prod
            )}} }
              }
            }

            """
        );
    }
}
