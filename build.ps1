# Builds the host and runs it: ./build.ps1 --target=Table1
# The same as build.sh: the host is compiled again only when the content of a source changed.
$ErrorActionPreference = "Stop"
$root = $PSScriptRoot
$app = Join-Path $root "build/bin/Release/net10.0/linux-x64"
$stamp = Join-Path $app "sources.sha256"
$files = @(Get-ChildItem -Recurse -File (Join-Path $root "build"), (Join-Path $root "src") |
    Where-Object { $_.FullName -notmatch "[\\/](bin|obj)[\\/]" } | ForEach-Object { $_.FullName })
$files += "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig" | ForEach-Object { Join-Path $root $_ }
$lines = $files | Sort-Object -CaseSensitive | ForEach-Object { (Get-FileHash -Algorithm SHA256 $_).Hash + "  " + [IO.Path]::GetRelativePath($root, $_) }
$bytes = [Text.Encoding]::UTF8.GetBytes((@("$env:NATURALTHOUGHTS_CUDA") + $lines) -join "`n")
$current = "ps1 " + [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes))
$dll = Join-Path $app "NaturalThoughts.Build.dll"
if (-not (Test-Path $stamp) -or (Get-Content -Raw $stamp) -ne $current) {
    dotnet build (Join-Path $root "build/NaturalThoughts.Build.csproj") -c Release -v q --nologo -clp:NoSummary
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    dotnet $dll identity
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    Set-Content -NoNewline -Path $stamp -Value $current
}
dotnet $dll @args
exit $LASTEXITCODE
