using System.Text.Json;
using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>The platform of a resource's containers; null if it depends on the instances, or is known only at deployment.</summary>
internal static class ContainerPlatform
{
    /// <param name="resourceType">The type of the resource.</param>
    /// <param name="image">The image, with its parent objects.</param>
    /// <param name="values">Evaluates the template's values.</param>
    public static Platform? Of(string resourceType, ImageValue image, TemplateValues values) =>
        resourceType switch
        {
            "AWS::Lambda::Function" or "AWS::Serverless::Function" => OfFunction(image.Properties, values),
            "AWS::BedrockAgentCore::Runtime" or "AWS::BedrockAgentCore::Harness" => Platform.LinuxArm64,
            "AWS::AppRunner::Service" or "AWS::Lightsail::Container" => Platform.LinuxAmd64,
            "AWS::CodeBuild::Project" => OfBuild(image, values),
            "AWS::EMRServerless::Application" => TaskPlatform.Of(null, image.FindAround("Architecture")?.ToString()),
            "AWS::ECS::ExpressGatewayService" => OfTask(image, values) ?? TaskPlatform.Fargate,
            _ => OfTask(image, values),
        };

    /// <summary>The innermost <c>RuntimePlatform</c>, otherwise Fargate's default.</summary>
    private static Platform? OfTask(ImageValue image, TemplateValues values)
    {
        if (image.FindAround("RuntimePlatform") is { } platform)
        {
            return
                TryGetText(platform, "OperatingSystemFamily", values, out var family)
                && TryGetText(platform, "CpuArchitecture", values, out var architecture)
                ? TaskPlatform.Of(family, architecture)
                : null;
        }

        return
            Lists(image.Properties, "RequiresCompatibilities", "FARGATE")
            || Lists(image.Properties, "PlatformCapabilities", "FARGATE")
            ? TaskPlatform.Fargate
            : null;
    }

    /// <summary><c>Architectures</c>, otherwise x86_64 (AWS Lambda, "Selecting and configuring an instruction set architecture").</summary>
    private static Platform? OfFunction(JsonElement properties, TemplateValues values)
    {
        if (!JsonMembers.TryGet(properties, out var listed, "Architectures"))
        {
            return Platform.LinuxAmd64;
        }

        var architectures = values
            .BranchesOf(listed)
            .SelectMany(list => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [])
            .SelectMany(values.BranchesOf)
            .Select(item => values.TextOf(item).Text)
            .ToList();
        return architectures switch
        {
            ["x86_64"] => Platform.LinuxAmd64,
            ["arm64"] => Platform.LinuxArm64,
            _ => null,
        };
    }

    /// <summary>The platform of the build environment's type (AWS CodeBuild API, "ProjectEnvironment").</summary>
    private static Platform? OfBuild(ImageValue image, TemplateValues values) =>
        image.FindAround("Type") is { } type
            ? values.TextOf(type).Text switch
            {
                "LINUX_CONTAINER" or "LINUX_GPU_CONTAINER" or "LINUX_LAMBDA_CONTAINER" => Platform.LinuxAmd64,
                "ARM_CONTAINER" or "ARM_LAMBDA_CONTAINER" => Platform.LinuxArm64,
                { } text when text.StartsWith("WINDOWS", StringComparison.Ordinal) => new Platform("windows", "amd64"),
                _ => null,
            }
            : null;

    /// <summary>False if the member exists and its value is known only at deployment; true, with null, if it does not exist.</summary>
    private static bool TryGetText(JsonElement element, string member, TemplateValues values, out string? text)
    {
        text = null;
        if (!JsonMembers.TryGet(element, out var value, member))
        {
            return element.ValueKind == JsonValueKind.Object
                && !IntrinsicFunction.TryGetFunction(element, "Fn::If", out _);
        }

        text = values.TextOf(value).Text;
        return text is not null;
    }

    private static bool Lists(JsonElement properties, string list, string word) =>
        JsonMembers.TryGet(properties, out var items, list)
        && items.ValueKind == JsonValueKind.Array
        && items.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(word));
}
