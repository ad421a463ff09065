using Lading.Records;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>SSM's parameters by name: all versions, the newest last.</summary>
internal sealed class TestParameters()
    : Dictionary<string, List<(string Value, DateTimeOffset At)>>(StringComparer.Ordinal)
{
    /// <summary>
    /// Writes the record of a stack if its value has changed. It depends on the services, so it comes after them.
    /// </summary>
    public void Write(StackPlan plan, DateTimeOffset now)
    {
        var name = StackRecord.ParameterOf(plan.Name);
        if (!TryGetValue(name, out var versions))
        {
            Add(name, versions = []);
        }

        var value = plan.Record ?? StackRecordText.Of(plan);
        if (versions.Count == 0 || versions[^1].Value != value)
        {
            versions.Add((value, now));
        }
    }
}
