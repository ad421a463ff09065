using System.Text;
using Lading.Configuration;
using Lading.Configuration.Proposals;
using Lading.Testing;

namespace Lading.Tests.Configuration.Proposals;

public sealed class FindingSidecars : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_mutable_images_of_other_registries_are_offered()
    {
        Write(
            "Shop.template.json",
            """
            "docker.io/envoyproxy/envoy:v1.31", "nginx:1.27", "lading.invalid/web", { "Fn::Join": ["", ["x"]] },
            "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1",
            "public.ecr.aws/xray/aws-xray-daemon@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            """
        );
        Write("nested.template.json", "\"nginx:1.27\", \"docker.io/library/redis:7\"");

        var found = Sidecar.FindAll(folder.Path, Known("\"redis\": { \"from\": \"docker.io/library/redis:7\" }"));

        Assert.Equal(
            [
                "\"envoy\": { \"from\": \"docker.io/envoyproxy/envoy:v1.31\" }",
                "\"nginx\": { \"from\": \"docker.io/library/nginx:1.27\" }",
            ],
            found.Select(each => each.Entry)
        );
    }

    [Fact]
    public void Without_a_complete_assembly_nothing_is_offered()
    {
        File.WriteAllText(folder.Combine("Shop.template.json"), "{ \"Resources\": ");

        Assert.Empty(Sidecar.FindAll(folder.Path, Known("")));
        Assert.Empty(Sidecar.FindAll(folder.Combine("cdk.out"), Known("")));
    }

    private void Write(string name, string images)
    {
        var containers = string.Join(", ", Split(images).Select(image => $"{{ \"Image\": {image} }}"));
        File.WriteAllText(
            folder.Combine(name),
            $$"""
            { "Resources": { "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "ContainerDefinitions": [{{containers}}] } } } }
            """
        );
    }

    private static IEnumerable<string> Split(string images)
    {
        using var list = System.Text.Json.JsonDocument.Parse($"[{images}]");
        return [.. list.RootElement.EnumerateArray().Select(each => each.GetRawText())];
    }

    private static LadingConfiguration Known(string images) =>
        ConfigurationReader.Read(
            Encoding.UTF8.GetBytes($$"""{ "project": "shop", "images": { {{images}} } }"""),
            "lading.json"
        );
}
