namespace Lading.Context.Dockerfiles;

/// <summary>The value of <c>RUN --mount</c> (Dockerfile reference, "RUN --mount").</summary>
internal sealed class MountOptions
{
    public MountOptions(string text)
    {
        foreach (var field in text.Split(',').Select(field => field.Split('=', 2)))
        {
            var value = field.Length > 1 ? field[1] : "";
            switch (field[0].Trim().ToLowerInvariant())
            {
                case "type":
                    Type = value.ToLowerInvariant();
                    break;
                case "from":
                    From = value;
                    break;
                case "source" or "src":
                    Source = value;
                    break;
                default:
                    break;
            }
        }
    }

    public string Type { get; } = "bind";

    /// <summary>Empty if it is the context.</summary>
    public string From { get; } = "";

    /// <summary>Empty if it is the root of the context or image.</summary>
    public string Source { get; } = "";
}
