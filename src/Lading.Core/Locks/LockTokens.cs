using System.Text.Json;

namespace Lading.Locks;

/// <summary>The tokens of a lock, one after the other; what is not as expected is an error with its line.</summary>
internal ref struct LockTokens(ReadOnlySpan<byte> bytes, string path)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private Utf8JsonReader json = new(bytes);

    public readonly JsonTokenType Type => json.TokenType;

    /// <summary>The next token, if there is one: anything behind the closing brace is an error of its own.</summary>
    public bool Read() => json.Read();

    public void Skip() => json.Skip();

    /// <summary>A whole number from 1; null for anything else.</summary>
    public readonly int? FindVersion() =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) && number > 0 ? number : null;

    public void Next()
    {
        if (!json.Read())
        {
            throw Wrong("it ends too early");
        }
    }

    /// <summary>The next key of an object; null at its end.</summary>
    public string? NextKey(HashSet<string>? seen = null)
    {
        Next();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var key = json.GetString()!;
        return seen is null || seen.Add(key) ? key : throw Wrong($"{key} is there twice");
    }

    public readonly string Text(string key)
    {
        Expect(JsonTokenType.String, key, "a text");
        return json.GetString() is { Length: > 0 } text ? text : throw Wrong($"{key} is empty");
    }

    public readonly void Expect(JsonTokenType type, string what, string expected)
    {
        if (json.TokenType != type)
        {
            throw Wrong($"{what} is not {expected}");
        }
    }

    public readonly LadingException NotA(string key, string expected) => Wrong($"{key} is no {expected}");

    public readonly LadingException Wrong(string what) => Failure(what, LockReader.Remedy(path));

    public readonly LadingException Failure(string what, string remedy)
    {
        var line = 1 + bytes[..(int)json.TokenStartIndex].Count((byte)'\n');
        return new LadingException($"Could not read the lock {path}, line {line}", what, remedy);
    }
}
