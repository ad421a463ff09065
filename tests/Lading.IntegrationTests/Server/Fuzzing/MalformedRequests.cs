using System.Globalization;
using System.Text;

namespace Lading.IntegrationTests.Server.Fuzzing;

/// <summary>
/// Requests that are wrong in one or several places, and right enough otherwise to get far. The same seed gives the
/// same requests.
/// </summary>
/// <param name="random">Chooses what is wrong.</param>
/// <param name="known">Parts that the registry knows: names, tags, digests, ids of uploads.</param>
internal sealed class MalformedRequests(Random random, IReadOnlyList<string> known)
{
    /// <summary>A request whose end can be told, so that another may follow.</summary>
    public (string Method, byte[] Bytes) Next()
    {
        var isCall = random.Next(3) == 0;
        var method = isCall ? "POST" : Any(HostileWords.Methods);
        var body = random.Next(4) == 0 ? Garbage() : Encoding.UTF8.GetBytes(isCall ? Json(0) : Json(1));
        if (method is "GET" or "HEAD" or "TRACE")
        {
            body = [];
        }

        var head = new StringBuilder($"{method} {(isCall ? "/" : Address())} HTTP/1.1\r\n");
        head.Append(random.Next(200) == 0 ? "Host: example.com\r\n" : "Host: 127.0.0.1\r\n");
        if (isCall && random.Next(8) > 0)
        {
            var prefix = random.Next(30) == 0 ? "DynamoDB_20120810" : "AmazonEC2ContainerRegistry_V20150921";
            head.Append(CultureInfo.InvariantCulture, $"X-Amz-Target: {prefix}.{Any(HostileWords.Operations)}\r\n");
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            head.Append(CultureInfo.InvariantCulture, $"{Any(HostileWords.Headers)}: {Any(HostileWords.Values)}\r\n");
        }

        return (method, Framed(head, body));
    }

    /// <summary>A request that is not HTTP, or stops in the middle: nothing can follow.</summary>
    public byte[] NextBroken() =>
        random.Next(6) switch
        {
            0 => Garbage(),
            1 => Encoding.Latin1.GetBytes($"GET {Address()} HTTP/{random.Next(9)}.{random.Next(99)}\r\n\r\n"),
            2 => Encoding.Latin1.GetBytes($"PUT {Address()} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n"),
            3 => Encoding.Latin1.GetBytes(
                $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n{Any(HostileWords.Bits)}\r\nx\r\n"
            ),
            4 => Cut(Next().Bytes),
            _ => Encoding.Latin1.GetBytes(
                $"PATCH {Address()} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Any(HostileWords.Headers)}\n : \u00ff\r\n\tx\r\n\r\n"
            ),
        };

    private byte[] Framed(StringBuilder head, byte[] body)
    {
        if (body.Length > 0 && random.Next(4) == 0)
        {
            head.Append("Transfer-Encoding: chunked\r\n\r\n");
            return
            [
                .. Encoding.Latin1.GetBytes(head.ToString()),
                .. Encoding.Latin1.GetBytes($"{body.Length:x}\r\n"),
                .. body,
                .. "\r\n0\r\n\r\n"u8,
            ];
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private string Address()
    {
        var path = new StringBuilder();
        foreach (var character in Any(HostileWords.Paths))
        {
            path.Append(character == '@' ? Part() : character.ToString());
        }

        for (var i = random.Next(4); i > 1; i--)
        {
            path.Append(path.ToString().Contains('?') ? '&' : '?')
                .Append(Any(HostileWords.Queries))
                .Append('=')
                .Append(Part());
        }

        return path.ToString();
    }

    private string Part() =>
        random.Next(10) switch
        {
            < 5 => Any(known),
            < 8 => Any(HostileWords.Bits),
            8 => Mutated(Any(known)),
            _ => new string('a', random.Next(400)),
        };

    /// <summary>A document with members of requests and manifests, each with a value of any kind.</summary>
    private string Json(int depth)
    {
        if (random.Next(40) == 0)
        {
            return Mutated("""{"repositoryName":"team/app","imageIds":[{"imageTag":"v1"}]}""");
        }

        var text = new StringBuilder("{");
        var hasName = depth == 0 && random.Next(4) > 0;
        if (hasName)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"repositoryName\":\"{Any(known)}\"");
        }

        for (var i = 0; i < random.Next(1, 6); i++)
        {
            text.Append(i > 0 || hasName ? "," : "")
                .Append(CultureInfo.InvariantCulture, $"\"{Any(HostileWords.Members)}\":");
            text.Append(Value(depth));
        }

        return text.Append('}').ToString();
    }

    private string Value(int depth) =>
        random.Next(12) switch
        {
            < 4 => $"\"{Any(known)}\"",
            4 => $"\"{Any(HostileWords.Bits).Replace("\\", "").Replace("\"", "")}\"",
            5 => "\"\\ud800\"",
            6 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
            7 => Any(["null", "true", "2", "-1", "1e999", "0.5"]),
            8 when depth < 4 => Json(depth + 1),
            9 when depth < 4 => $"[{Json(depth + 1)},{Json(depth + 1)}]",
            10 => $"[\"{Any(known)}\",\"{Any(known)}\"]",
            11 => string.Concat(Enumerable.Repeat("[", random.Next(100))),
            _ => "{}",
        };

    private string Mutated(string text)
    {
        var characters = text.ToCharArray();
        for (var i = random.Next(1, 4); i > 0 && characters.Length > 0; i--)
        {
            characters[random.Next(characters.Length)] = (char)random.Next(0x21, 0x7f);
        }

        return new string(characters).Replace(' ', '+');
    }

    private byte[] Garbage()
    {
        var bytes = new byte[random.Next(1, 300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Cut(byte[] bytes) => bytes[..random.Next(bytes.Length)];

    private string Any(IReadOnlyList<string> texts) => texts[random.Next(texts.Count)];
}
