using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.Lambda;
using Lading.Cdk;

namespace Lading.Tests.Conformance;

/// <summary>The repositories and functions of a vector's stack.</summary>
internal static class VectorRepositories
{
    /// <summary>Creates repositories; a description without an id stands for those of all images.</summary>
    public static void Add(Stack stack, IEnumerable<JsonObject> described)
    {
        foreach (var each in described)
        {
            var props = new ImageRepositoryProps
            {
                Image = Vector.Text(each["image"]),
                RepositoryName = Vector.Text(each["name"]),
                PullAccounts = Texts(each["pullAccounts"]) ?? [],
                PullOrganizations = Texts(each["pullOrganizations"]) ?? [],
            };
            IReadOnlyList<ImageRepository> repositories = Vector.Text(each["id"]) is { } id
                ? [new ImageRepository(stack, id, props)]
                : ImageRepository.ForEachImage(stack, props);
            foreach (var repository in repositories)
            {
                foreach (var rule in Vector.Items(each["rules"]))
                {
                    repository.AddLifecycleRule(RuleOf(rule));
                }
            }
        }
    }

    /// <summary>Creates a function from an image.</summary>
    public static void AddFunction(Stack stack, JsonObject described, LadingImageProps props) =>
        _ = new CfnFunction(
            stack,
            Vector.Text(described["id"])!,
            new CfnFunctionProps
            {
                Role = "arn:aws:iam::111111111111:role/function",
                PackageType = "Image",
                Code = new CfnFunction.CodeProperty
                {
                    ImageUri =
                        Vector.Text(described["uri"])
                        ?? LadingImage.ReferenceFor(stack, Vector.Text(described["image"])!, props).Uri,
                },
            }
        );

    /// <summary>The repositories of a template, by logical id.</summary>
    public static JsonObject Of(JsonNode template) =>
        new(
            Vector
                .Members(template["Resources"])
                .Where(pair => Vector.Text(pair.Value!["Type"]) == "AWS::ECR::Repository")
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))
        );

    private static LifecycleRule RuleOf(JsonObject rule) =>
        new()
        {
            MaxImageCount = rule["count"]?.GetValue<int>(),
            MaxImageAge = rule["days"]?.GetValue<int>() is { } days ? Duration.Days(days) : null,
            TagStatus = Vector.Text(rule["status"]) is { } status ? Enum.Parse<TagStatus>(status) : null,
            TagPrefixList = Texts(rule["prefixes"]),
            TagPatternList = Texts(rule["patterns"]),
        };

    private static string[]? Texts(JsonNode? list) => list?.AsArray().Select(each => Vector.Text(each)!).ToArray();
}
