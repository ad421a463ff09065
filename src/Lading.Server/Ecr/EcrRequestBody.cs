using System.Text.Json;

namespace Lading.Server.Ecr;

/// <summary>The members of a request, or of an object in one, read with the constraints of the API.</summary>
/// <param name="element">An object.</param>
/// <param name="path">Its path, for errors; empty for the request itself.</param>
internal sealed class EcrRequestBody(JsonElement element, string path = "")
{
    /// <summary>A required string.</summary>
    /// <exception cref="EcrException">It is missing, or has an invalid length.</exception>
    public string Text(string name, int minimum = 0, int maximum = int.MaxValue) =>
        FindText(name, minimum, maximum) ?? throw Missing(name);

    /// <summary>A string; null if it is missing.</summary>
    public string? FindText(string name, int minimum = 0, int maximum = int.MaxValue)
    {
        if (Find(name, JsonValueKind.String) is not { } value)
        {
            return null;
        }

        var text = TextOf(value);
        return text.Length >= minimum && text.Length <= maximum
            ? text
            : throw EcrException.Invalid(PathOf(name), $"must have length between {minimum} and {maximum}");
    }

    /// <summary>One of several words; null if it is missing.</summary>
    public string? FindChoice(string name, params ReadOnlySpan<string> choices)
    {
        if (FindText(name) is not { } text || choices.Contains(text))
        {
            return FindText(name);
        }

        throw EcrException.Invalid(
            PathOf(name),
            $"must satisfy enum value set: [{string.Join(", ", choices.ToArray())}]"
        );
    }

    /// <summary>An integer; null if it is missing.</summary>
    public long? FindNumber(string name, long minimum = 0, long maximum = long.MaxValue)
    {
        if (Find(name, JsonValueKind.Number) is not { } value)
        {
            return null;
        }

        return value.TryGetInt64(out var number) && number >= minimum && number <= maximum
            ? number
            : throw EcrException.Invalid(PathOf(name), $"must be a number between {minimum} and {maximum}");
    }

    /// <summary>A required integer.</summary>
    public long Number(string name) => FindNumber(name) ?? throw Missing(name);

    /// <summary>True if a member exists and is true.</summary>
    public bool IsTrue(string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw EcrException.Unreadable($"'{PathOf(name)}' is neither true nor false"),
        };

    /// <summary>Required bytes, in base64.</summary>
    public byte[] Bytes(string name)
    {
        var value = Find(name, JsonValueKind.String) ?? throw Missing(name);
        return value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw EcrException.Unreadable($"'{PathOf(name)}' is not base64");
    }

    /// <summary>An object; null if it is missing.</summary>
    public EcrRequestBody? FindObject(string name) =>
        Find(name, JsonValueKind.Object) is { } value ? new EcrRequestBody(value, PathOf(name)) : null;

    /// <summary>A required object.</summary>
    public EcrRequestBody Object(string name) => FindObject(name) ?? throw Missing(name);

    /// <summary>A list of objects; null if it is missing.</summary>
    public IReadOnlyList<EcrRequestBody>? FindObjects(string name, int minimum = 0, int maximum = int.MaxValue) =>
        FindList(name, minimum, maximum, JsonValueKind.Object)
            ?.Select((item, i) => new EcrRequestBody(item, $"{PathOf(name)}.{i + 1}.member"))
            .ToList();

    /// <summary>A list of strings; null if it is missing.</summary>
    public IReadOnlyList<string>? FindTexts(string name, int minimum = 0, int maximum = int.MaxValue) =>
        FindList(name, minimum, maximum, JsonValueKind.String)?.Select(TextOf).ToList();

    public EcrException Missing(string name) => EcrException.Invalid(PathOf(name), "Member must not be null");

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw EcrException.Unreadable("a text is not UTF-8, or holds half a surrogate pair");
        }
    }

    private JsonElement? Find(string name, JsonValueKind kind)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind
            ? value
            : throw EcrException.Unreadable($"'{PathOf(name)}' is {value.ValueKind}, expected {kind}");
    }

    private List<JsonElement>? FindList(string name, int minimum, int maximum, JsonValueKind kind)
    {
        if (Find(name, JsonValueKind.Array) is not { } list)
        {
            return null;
        }

        var length = list.GetArrayLength();
        if (length < minimum || length > maximum)
        {
            throw EcrException.Invalid(PathOf(name), $"must have length between {minimum} and {maximum}");
        }

        var items = list.EnumerateArray().ToList();
        return items.TrueForAll(item => item.ValueKind == kind)
            ? items
            : throw EcrException.Unreadable($"an item of '{PathOf(name)}' is not {kind}");
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
