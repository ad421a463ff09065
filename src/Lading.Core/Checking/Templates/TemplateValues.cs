using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>
/// Evaluates values of a template with CloudFormation's intrinsic functions, without deploying it (CloudFormation template reference,
/// "Intrinsic functions"). Anything known only at deployment stays unknown.
/// </summary>
internal sealed class TemplateValues(JsonElement template, ITemplateSurroundings surroundings)
{
    private readonly TemplateConditions conditions = new(template);

    /// <summary>A value as a string.</summary>
    public Resolved TextOf(JsonElement value) => TextOf(value, new Evaluation());

    /// <summary>A value as a string, requested while another value, possibly of another stack, is being evaluated.</summary>
    public Resolved TextOf(JsonElement value, Evaluation evaluation) =>
        evaluation.Step(() => Evaluate(value, evaluation), Evaluation.Circle);

    /// <summary>An attribute of a resource, as <c>Fn::GetAtt</c> reads it.</summary>
    public Resolved AttributeOf(string logicalId, string attribute) =>
        Attribute([logicalId, attribute], new Evaluation());

    /// <summary>The branch that an <c>Fn::If</c> takes; both if it is known only at deployment, none for <c>AWS::NoValue</c>.</summary>
    public IEnumerable<JsonElement> BranchesOf(JsonElement value)
    {
        if (IntrinsicFunction.IsReference(value, "AWS::NoValue"))
        {
            return [];
        }

        if (
            !IntrinsicFunction.TryGetFunction(value, "Fn::If", out var arguments)
            || arguments.ValueKind != JsonValueKind.Array
            || arguments.GetArrayLength() != 3
        )
        {
            return [value];
        }

        return conditions.Evaluate(arguments[0], TextOf, new Evaluation()) switch
        {
            true => BranchesOf(arguments[1]),
            false => BranchesOf(arguments[2]),
            null => [.. BranchesOf(arguments[1]), .. BranchesOf(arguments[2])],
        };
    }

    private Resolved Evaluate(JsonElement value, Evaluation evaluation)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = value.GetString()!;
                return DynamicReference.Find(text) is { } reason ? Resolved.Unknown(reason) : Resolved.To(text);
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return Resolved.To(value.GetRawText());
            case JsonValueKind.Object when IntrinsicFunction.TryGetSingle(value, out var function, out var argument):
                return Call(function, argument, evaluation);
            default:
                return Resolved.Unknown("the value is not a string or a function that gives one");
        }
    }

    private Resolved Call(string function, JsonElement argument, Evaluation evaluation) =>
        function switch
        {
            "Ref" when argument.ValueKind == JsonValueKind.String => Reference(argument.GetString()!, evaluation),
            "Fn::GetAtt" => Attribute(IntrinsicFunction.AttributePath(argument), evaluation),
            "Fn::Join" when IntrinsicFunction.IsArray(argument, 2) => ListOf(argument[1], evaluation, out var reason)
                is { } items
                ? Resolved.Concat(items, argument[0].ToString())
                : Resolved.Unknown(reason ?? "the list of an Fn::Join is known at deployment only"),
            "Fn::Sub" => Substitute(argument, evaluation),
            "Fn::Select" when IntrinsicFunction.IsArray(argument, 2) => Select(argument, evaluation),
            "Fn::If" when IntrinsicFunction.IsArray(argument, 3) => If(argument, evaluation),
            "Fn::FindInMap" => FindInMap(argument, evaluation),
            "Fn::ImportValue" => Import(argument, evaluation),
            _ => Resolved.Unknown($"{function} is known at deployment only"),
        };

    private Resolved If(JsonElement argument, Evaluation evaluation)
    {
        var branches = conditions.Evaluate(argument[0], TextOf, evaluation) switch
        {
            true => [TextOf(argument[1], evaluation)],
            false => [TextOf(argument[2], evaluation)],
            null => new[] { TextOf(argument[1], evaluation), TextOf(argument[2], evaluation) }.Distinct().ToArray(),
        };
        return branches.Length == 1
            ? branches[0]
            : Resolved.Unknown($"it depends on condition {argument[0]}, which is decided at deployment");
    }

    private Resolved Import(JsonElement argument, Evaluation evaluation)
    {
        var name = TextOf(argument, evaluation);
        return name.Text is null
            ? name
            : surroundings.FindExport(name.Text, evaluation)
                ?? Resolved.Unknown($"it imports {name.Text}, which no stack of this assembly exports");
    }

    private Resolved Reference(string name, Evaluation evaluation)
    {
        if ((surroundings.Environment.Find(name) ?? surroundings.FindDeployed(name)) is { } known)
        {
            return Resolved.To(known);
        }

        if (name == "AWS::StackName" && surroundings.StackName is { } stack)
        {
            return Resolved.To(stack);
        }

        if (JsonMembers.TryGet(template, out var parameter, "Parameters", name))
        {
            return DynamicReference.OfParameter(name, parameter) is { } read
                ? Resolved.Unknown(read)
                : surroundings.FindArgument(name, evaluation) ?? Default(name, parameter);
        }

        if (JsonMembers.TryGet(template, out var resource, "Resources", name))
        {
            return TypeOf(resource) == "AWS::ECR::Repository"
                ? RepositoryName(name, resource, evaluation)
                : Resolved.Unknown($"resource {name} is made at deployment");
        }

        return Resolved.Unknown($"{name} is known at deployment only");
    }

    private static Resolved Default(string name, JsonElement parameter) =>
        parameter.FindText("Default") is { } text
            ? Resolved.To(text)
            : Resolved.Unknown($"parameter {name} is given at deployment");

    private Resolved Attribute(string[] parts, Evaluation evaluation)
    {
        if (
            parts is not [var name, var attribute]
            || !JsonMembers.TryGet(template, out var resource, "Resources", name)
        )
        {
            return Resolved.Unknown("an attribute is read of a resource that the template does not have");
        }

        return (TypeOf(resource), attribute) switch
        {
            ("AWS::ECR::Repository", "Arn") => Resolved.Concat([
                Resolved.To(
                    $"arn:{PseudoParameter("AWS::Partition")}:ecr:{PseudoParameter("AWS::Region")}:{PseudoParameter("AWS::AccountId")}:repository/"
                ),
                RepositoryName(name, resource, evaluation),
            ]),
            ("AWS::ECR::Repository", "RepositoryUri") => Resolved.Concat([
                Resolved.To(
                    $"{PseudoParameter("AWS::AccountId")}.dkr.ecr.{PseudoParameter("AWS::Region")}.{PseudoParameter("AWS::URLSuffix")}/"
                ),
                RepositoryName(name, resource, evaluation),
            ]),
            ("AWS::CloudFormation::Stack", _) when attribute.StartsWith("Outputs.", StringComparison.Ordinal) =>
                surroundings.FindNestedOutput(name, resource, attribute["Outputs.".Length..], evaluation)
                    ?? Resolved.Unknown($"nested stack {name} has no such output in this assembly"),
            _ => Resolved.Unknown($"{attribute} of {name} is known at deployment only"),
        };
    }

    private string PseudoParameter(string pseudoParameter) => surroundings.Environment.Find(pseudoParameter)!;

    private Resolved RepositoryName(string logicalId, JsonElement resource, Evaluation evaluation) =>
        surroundings.FindDeployed(logicalId) is { } physical ? Resolved.To(physical)
        : JsonMembers.TryGet(resource, out var name, "Properties", "RepositoryName") ? TextOf(name, evaluation)
        : Resolved.Unknown($"the repository {logicalId} gets its name at deployment");

    private static string TypeOf(JsonElement resource) =>
        JsonMembers.TryGet(resource, out var type, "Type") ? type.ToString() : "";

    private Resolved Substitute(JsonElement argument, Evaluation evaluation)
    {
        var hasMap = IntrinsicFunction.IsArray(argument, 2);
        var pattern = hasMap ? argument[0] : argument;
        return pattern.ValueKind == JsonValueKind.String
            ? Resolved.Concat(SubPart.PartsOf(pattern.GetString()!).Select(Value))
            : Resolved.Unknown("an Fn::Sub has no text");

        Resolved Value(SubPart part) =>
            !part.IsVariable ? Resolved.To(part.Text)
            : hasMap && JsonMembers.TryGet(argument[1], out var given, part.Text) ? TextOf(given, evaluation)
            : part.Text.Contains('.', StringComparison.Ordinal) ? Attribute(part.Text.Split('.', 2), evaluation)
            : Reference(part.Text, evaluation);
    }

    private Resolved Select(JsonElement argument, Evaluation evaluation)
    {
        var index = TextOf(argument[0], evaluation);
        var items = ListOf(argument[1], evaluation, out var reason);
        return
            items is not null
            && int.TryParse(index.Text, System.Globalization.CultureInfo.InvariantCulture, out var at)
            && at >= 0
            && at < items.Count
            ? items[at]
            : Resolved.Unknown(reason ?? "the list of an Fn::Select is known at deployment only");
    }

    private Resolved FindInMap(JsonElement argument, Evaluation evaluation)
    {
        if (argument.ValueKind != JsonValueKind.Array || argument.GetArrayLength() < 3)
        {
            return Resolved.Unknown("an Fn::FindInMap names no map");
        }

        var keys = argument
            .EnumerateArray()
            .Take(3)
            .Select(key => TextOf(key, evaluation).Text)
            .OfType<string>()
            .ToList();
        return keys.Count == 3 && template.FindText("Mappings", keys[0], keys[1], keys[2]) is { } found
            ? Resolved.To(found)
            : Resolved.Unknown("the key of an Fn::FindInMap is known at deployment only");
    }

    /// <summary>A list; if there is none, the reason, as far as it is known.</summary>
    private List<Resolved>? ListOf(JsonElement value, Evaluation evaluation, out string? reason)
    {
        reason = null;
        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select(item => TextOf(item, evaluation))];
        }

        if (
            !IntrinsicFunction.TryGetFunction(value, "Fn::Split", out var split) || !IntrinsicFunction.IsArray(split, 2)
        )
        {
            return null;
        }

        var (text, unknown) = TextOf(split[1], evaluation);
        reason = unknown;
        return text is null ? null : [.. text.Split(split[0].ToString()).Select(Resolved.To)];
    }
}
