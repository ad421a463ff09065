using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// The images that a template mentions anywhere: in strings, in functions evaluated with the stack's parameters, and, if a function
/// cannot be evaluated, by the literal digests and the tag in it.
/// </summary>
internal sealed class TemplateMentions
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', '"', '\'', ',', '[', ']'];

    private static readonly string[] PseudoParameters =
    [
        "AWS::AccountId",
        "AWS::Region",
        "AWS::URLSuffix",
        "AWS::Partition",
    ];

    private readonly ImageMentions mentions = new();
    private readonly List<string> unknown = [];
    private readonly TemplateValues? values;

    private TemplateMentions(TemplateValues? values) => this.values = values;

    public IReadOnlyCollection<UsedImage> Images => mentions.Images;

    /// <summary>Resources whose image is known only at deployment, with their types: <c>AWS::GameLift::ContainerGroupDefinition Game</c>.</summary>
    public IReadOnlyList<string> Unknown => unknown;

    public static TemplateMentions In(JsonElement template, TemplateValues values)
    {
        var found = new TemplateMentions(values);
        found.Visit(template);
        if (JsonMembers.TryGet(template, out var resources, "Resources"))
        {
            foreach (var resource in JsonMembers.MembersOf(resources))
            {
                found.AddImages(resource);
            }
        }

        return found;
    }

    /// <summary>The mentions of a template that is not JSON, whose functions are read as far as its text allows.</summary>
    /// <param name="text">The template.</param>
    /// <param name="environment">Its stack's account and region.</param>
    /// <param name="parameters">The parameters of the stack's last operation.</param>
    public static TemplateMentions InText(
        string text,
        StackEnvironment environment,
        IReadOnlyDictionary<string, string> parameters
    )
    {
        var known = PseudoParameters.Select(name => KeyValuePair.Create(name, environment.Find(name) ?? ""));
        foreach (var (name, value) in known.Concat(parameters))
        {
            text = text.Replace($"${{{name}}}", value, StringComparison.Ordinal);
        }

        var found = new TemplateMentions(null);
        found.mentions.Add(text);
        foreach (var word in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            // A reference with a tag whose host is not spelled out.
            if (word.Contains('/', StringComparison.Ordinal))
            {
                found.mentions.AddTag(word);
            }
        }

        return found;
    }

    private void Visit(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                mentions.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Visit(item);
                }

                break;
            case JsonValueKind.Object:
                if (IsFunction(element, out var name) && values!.TextOf(element).Text is { } text)
                {
                    mentions.Add(text);
                    if (name is "Fn::Sub" or "Fn::Join")
                    {
                        // Its parts mention nothing that the whole does not.
                        break;
                    }
                }

                foreach (var member in element.EnumerateObject())
                {
                    Visit(member.Value);
                }

                break;
        }
    }

    /// <summary>
    /// Adds an image property whose value is known only at deployment: by a literal digest, otherwise by the tag at its
    /// end.
    /// </summary>
    private void AddImages(JsonProperty resource)
    {
        var type = resource.Value.FindText("Type") ?? "";
        if (!JsonMembers.TryGet(resource.Value, out var properties, "Properties"))
        {
            return;
        }

        foreach (var image in ImageProperty.Of(type).SelectMany(property => property.ValuesIn(properties, values!)))
        {
            if (image.Value is not { } value)
            {
                unknown.Add($"{type} {resource.Name}");
            }
            else if (values!.TextOf(value).Text is null && !AddLiterals(value))
            {
                unknown.Add($"{type} {resource.Name}");
            }
        }
    }

    private bool AddLiterals(JsonElement value)
    {
        var texts = JsonMembers.AllTextsOf(value).ToList();
        // Digests in it were added already.
        return texts.Any(text => ImageMentions.In(text).Count > 0)
            || (texts.LastOrDefault() is { } last && mentions.AddTag(last));
    }

    private static bool IsFunction(JsonElement element, out string name) =>
        IntrinsicFunction.TryGetSingle(element, out name, out _)
        && (name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal));
}
