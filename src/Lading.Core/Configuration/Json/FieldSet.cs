namespace Lading.Configuration.Json;

/// <summary>The keys of an object. The keys that the reader asks for are the valid ones.</summary>
internal sealed class FieldSet
{
    private readonly Field field;
    private readonly string what;
    private readonly IReadOnlyList<NamedField> entries;
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);

    public FieldSet(Field field, string what, IReadOnlyList<Member> members)
    {
        this.field = field;
        this.what = what;
        entries = Distinct(field, members);
    }

    /// <summary>The value of a key; null if the object does not have it.</summary>
    public Field? Find(string key)
    {
        known.Add(key);
        return entries.FirstOrDefault(entry => entry.Name == key)?.Value;
    }

    /// <summary>The value of a required key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">An example: <c>"project": "storefront"</c>.</param>
    public Field? Require(string key, string example)
    {
        var found = Find(key);
        if (found is null && field.Node.Kind == System.Text.Json.JsonValueKind.Object)
        {
            field.Reject($"has no {key}", $"Add {example}.");
        }

        return found;
    }

    /// <summary>Records a problem for each key that was not asked for.</summary>
    /// <param name="elsewhere">The advice for a key that belongs elsewhere; null for none.</param>
    public void RejectOthers(Func<string, string?>? elsewhere = null)
    {
        foreach (var (name, value) in entries.Where(entry => !known.Contains(entry.Name)))
        {
            var remedy = elsewhere?.Invoke(name) ?? Suggestions.Choose(name, known);
            value.RejectKey($"is not a key of {what}", remedy);
        }
    }

    /// <summary>The members as fields; a duplicate key is a problem.</summary>
    public static IReadOnlyList<NamedField> Distinct(Field field, IReadOnlyList<Member> members)
    {
        var seen = new Dictionary<string, Field>(members.Count, StringComparer.Ordinal);
        var ordered = new List<NamedField>(members.Count);
        foreach (var member in members)
        {
            var path = field.Path.Length == 0 ? member.Key : $"{field.Path}.{member.Key}";
            var value = new Field(member.Value, path, member.Start, field.Problems);
            if (seen.TryAdd(member.Key, value))
            {
                ordered.Add(new NamedField(member.Key, value));
            }
            else
            {
                value.RejectKey("is given twice", "Keep one of them.");
            }
        }

        return ordered;
    }
}

/// <summary>
/// A value and its key. A class, because generic code over reference types is compiled ahead of time.
/// </summary>
internal sealed record NamedField(string Name, Field Value);
