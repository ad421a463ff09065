using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>A property of a resource type that names a container image (CloudFormation template reference).</summary>
/// <param name="ResourceType">Such as <c>AWS::ECS::TaskDefinition</c>.</param>
/// <param name="Path">The members below <c>Properties</c>; <c>[]</c> is each item of a list, <c>{}</c> each value of a map.</param>
internal sealed record ImageProperty(string ResourceType, IReadOnlyList<string> Path)
{
    private const string EachItem = "[]";
    private const string EachValue = "{}";
    private const string Condition = "Fn::If";

    /// <summary>The members that may name a container; the first that exists is used.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Name", "ContainerName", "ContainerHostname"];

    private static readonly ILookup<string, ImageProperty> All = ContainerImageProperties
        .All.Select(Parse)
        .ToLookup(property => property.ResourceType, StringComparer.Ordinal);

    /// <summary>The image properties of a resource type; empty if it has none.</summary>
    public static IEnumerable<ImageProperty> Of(string resourceType) => All[resourceType];

    /// <summary>The values at the path.</summary>
    public IEnumerable<ImageValue> ValuesIn(JsonElement properties, TemplateValues values) =>
        ValuesIn(properties, values, 0, new ImageValue(null, null, [properties]));

    /// <summary>
    /// The members of a JSON pointer up to this property, if the pointer leads to it or into it; otherwise null.
    /// </summary>
    /// <param name="pointer">
    /// Relative to the resource's properties, such as <c>/ContainerDefinitions/0/Image</c>.
    /// </param>
    public IReadOnlyList<string>? FindIn(string pointer)
    {
        // The first member is empty, because pointers begin with a slash.
        var members = pointer.Split('/');
        var at = 1;
        foreach (var step in Path)
        {
            while (at + 1 < members.Length && members[at] == Condition)
            {
                at += 2;
            }

            if (at == members.Length || !IsStep(step, members[at]))
            {
                return null;
            }

            at++;
        }

        return members[1..at];
    }

    private static bool IsStep(string step, string member) =>
        step switch
        {
            EachItem => member.All(char.IsAsciiDigit),
            EachValue => true,
            _ => member == step,
        };

    private static ImageProperty Parse(string text)
    {
        var parts = text.Split(' ');
        return new ImageProperty(parts[0], parts[1].Split('.'));
    }

    private IEnumerable<ImageValue> ValuesIn(JsonElement element, TemplateValues values, int at, ImageValue context)
    {
        if (at == Path.Count)
        {
            return [context with { Value = element }];
        }

        return values
            .BranchesOf(element)
            .SelectMany(branch =>
                Step(
                    branch,
                    values,
                    at,
                    branch.ValueKind == JsonValueKind.Object && at > 0
                        ? context with
                        {
                            Container = NameOf(branch, values) ?? context.Container,
                            Within = [.. context.Within, branch],
                        }
                        : context
                )
            );
    }

    private IEnumerable<ImageValue> Step(JsonElement element, TemplateValues values, int at, ImageValue context)
    {
        switch (Path[at])
        {
            case EachItem:
                return element.ValueKind == JsonValueKind.Array
                    ? element
                        .EnumerateArray()
                        .SelectMany(item => values.BranchesOf(item))
                        .SelectMany(item => ValuesIn(item, values, at + 1, context))
                    : [context];
            case EachValue when !IsFunction(element):
                return JsonMembers
                    .MembersOf(element)
                    .SelectMany(member =>
                        ValuesIn(member.Value, values, at + 1, context with { Container = member.Name })
                    );
            case var member:
                return JsonMembers.TryGet(element, out var found, member) ? ValuesIn(found, values, at + 1, context)
                    : IsFunction(element) ? [context]
                    : [];
        }
    }

    private static bool IsFunction(JsonElement element) =>
        IntrinsicFunction.TryGetSingle(element, out var name, out _)
        && (name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal));

    private static string? NameOf(JsonElement item, TemplateValues values)
    {
        foreach (var member in Names)
        {
            if (JsonMembers.TryGet(item, out var name, member))
            {
                return values.TextOf(name).Text;
            }
        }

        return null;
    }
}
